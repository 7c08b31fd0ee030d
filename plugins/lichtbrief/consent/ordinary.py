"""First names that are ordinary words too, in Dutch or English: names only with a capital.

The list is ours: names that parents give and gave, held beside a Dutch dictionary and the English
of a school newsletter. A name that is missing here is reported in lower case as well: a word too
many, never one too few. So a word that no newsletter uses (a `kim`, a `bram`) is not in it.
"""

_GROWS = """
    amaryllis anemoon anjer aster berk bes bloem braam cherry clover dahlia daisy den eik els erica
    fern fleur flora hazel heide holly hortensia hulst iris ivy jasmijn jasmine klaproos klaver
    klimop laurier lavendel leaf lelie lily linde lotus madelief magnolia malva maple margriet
    marjolein mos munt narcis olijf olive peer pepper perzik poppy primula reed riet roos rose
    rozemarijn saffraan sage salie spar tijm tulp varen viola violet viooltje wilg willow
"""
_LIVES = """
    adelaar arend bas beer bever bij das dolfijn duif egel ekster fazant fox gans haas havik hert
    jaguar kievit kip kraai lam leeuw lijster lynx mees merel mol muis mus otter panda panter pauw
    phoenix poes puma raaf ram raven reiger rob robin specht sperwer spreeuw stern tiger tijger tor
    uil valk vink vlinder vos wolf wren zwaan zwaluw
"""
_NATURE = """
    amber april augustus aura aurora avond beek brook crystal dag dauw dawn duin eden ember forest
    gem goud heaven hemel jade juli juni june kei koraal lake lente licht lucht maan maart may
    meadow meer mei mist moon morgen noord north nova ocean oceaan opaal parel pearl rain regen
    river rivier robijn rots ruby season sky sneeuw star steen ster stone storm stormy strand stroom
    summer sun sunny vlam vuur water weer wei west wind winter wolk zand zee zilver zomer zon
"""
_OF_GOOD_OMEN = """
    angel blue bliss charity constant destiny echo echt edel ever faith fee feest fijn frank genie
    gift grace gul happy harmony hart haven held helm hero honey hoop hope islam jazz jewel journey
    joy justice keizer king koning lach lef liberty lief lieve love melody mercy miles mooi
    patience peace prince princess prins prinses queen ramadan rebel rein rich rijk royal rust
    serenity sint star sterling stijl story trinity true trots valentijn victor vrede vreugd
    vrolijk wende wens wijs wild wilde wonder zacht zen zoet
"""
_OF_EVERY_DAY = """
    ad adem age al alle allen an anders art as ash bar bay bel ben bent bink blauw bond boot bruin
    can cash chance chase chip clay cliff corona dale dan dean do door dot drew early een elk elke
    else ende ferry flip gein glen grant guy harm helen hunter jack jas jet job juf kader kans kas
    ken kick klas lance lane leen lies link lot major man marine mark mason mate max mijn mik min
    nam of om ook op over page pen penny per piep pier piet pip pit pluim pol puck puk rank ray
    ren ring rocky roman rood rune rusty saga sake sandy scout sip skip spike sten su tamme tan
    taylor teddy tij tijd tik tip ton toon toy tuur urban van veer ver vier vin wade ward wiel wil
    wilder will win wit yes zeven zien zus
"""
# Words that only look like a form of a name: sterretje is seldom a small Sterre.
_WITH_AN_ENDING = """
    billetje billetjes gilletje groetjes ideetje jippie joepie kennis klasje magneetje partje
    partjes sterretje sterretjes zoetje zoetjes
"""

ORDINARY = frozenset(
    " ".join((_GROWS, _LIVES, _NATURE, _OF_GOOD_OMEN, _OF_EVERY_DAY, _WITH_AN_ENDING)).split()
)
"""Each folded as `folding.fold` does."""
