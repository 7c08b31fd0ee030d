/** What the reader says, and how it writes dates, in the language of the page. */
const Words = (() => {
  const sentences = JSON.parse(document.getElementById("words").textContent);
  const { lang: language, dir } = document.documentElement;
  const DAY = { weekday: "long", day: "numeric", month: "long" };
  const TIME = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
  const FORMS = {
    day: DAY,
    time: TIME,
    "day-time": { ...DAY, ...TIME },
    weekday: { weekday: "short" },
    number: { day: "numeric" },
    month: { month: "short" },
  };
  const A_DAY = 86400000;

  /** @param {string} name @param {Object<string, string|number>} [values] @returns {string} */
  const say = (name, values = {}) =>
    (sentences[name] || "").replace(/%\((\w+)\)s/g, (_, key) => values[key]);

  // The digits of Dutch forms and clocks, within Arabic too, as in the mail.
  const format = (options) =>
    new Intl.DateTimeFormat(language, { ...options, numberingSystem: "latn" });

  /**
   * A date or moment as the school's clock shows it, wherever the reader is: hence UTC throughout.
   * @param {string} text such as 2026-11-24 or 2026-11-24T19:30
   * @param {string} form day, time or day-time
   */
  const date = (text, form) => {
    const [year, month, ...rest] = text.split(/\D/).map(Number);
    const moment = Date.UTC(year, month - 1, ...rest);
    return format({ ...(FORMS[form] || DAY), timeZone: "UTC" }).format(moment);
  };

  /** @param {string[]} names @returns {string} them as one reads them out */
  const list = (names) => new Intl.ListFormat(language).format(names);
  const number = (form, value) => new Intl.NumberFormat(language, form).format(value);

  /** @param {number} bytes @returns {string} such as 120 kB or 3.2 MB */
  const size = (bytes) => {
    const [unit, one, digits] = bytes < 1e6 ? ["kilobyte", 1e3, 0] : ["megabyte", 1e6, 1];
    const form = { style: "unit", unit, maximumFractionDigits: digits, numberingSystem: "latn" };
    return number(form, Math.max(bytes / one, 1)).replace(" ", "\u00a0");
  };

  /** @param {number} part from 0 to 1 */
  const percent = (part) => number({ style: "percent" }, part);

  /** @param {string} text a moment with its zone, shown in the zone of the reader */
  const moment = (text) => format(FORMS["day-time"]).format(new Date(text));

  /**
   * @param {string} text such as 2026-W47; week 1 holds 4 January (ISO 8601)
   * @returns {{number: string, days: string}}
   */
  const week = (text) => {
    const [year, number] = text.split("-W").map(Number);
    const fourth = Date.UTC(year, 0, 4);
    const back = (new Date(fourth).getUTCDay() + 6) % 7;
    const monday = fourth + (7 * (number - 1) - back) * A_DAY;
    const days = format({ day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
    return {
      number: say("week", { number }),
      days: days.formatRange(monday, monday + 6 * A_DAY),
    };
  };

  return { own: { lang: language, dir }, say, date, size, percent, moment, week, list };
})();
