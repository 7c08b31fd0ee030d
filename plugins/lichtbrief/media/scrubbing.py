"""The XML of office documents, without names, accounts and folders of those who made them."""

from typing import Any

from lxml import etree

from lichtbrief.media.refused import RefusedFile

NOBODY = "-"
_WHO = {"author", "initials", "userName", "userId", "providerId", "displayName", "refreshedBy"}
_WHO |= {"lastModifiedBy", "reservationPassword"}
_GONE = {"attachedTemplate", "mailMerge", "docVars", "absPath", "fileSharing"}
_PRINTER = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def parse(part: bytes) -> Any:  # noqa: ANN401 # an element of lxml's
    """The root of a part; RefusedFile for XML that defines things of its own (entities)."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    root = etree.fromstring(part, parser)
    if root.getroottree().docinfo.doctype:
        raise RefusedFile("is not what its name says", "save it again from Word or Excel")
    return root


def written(root: Any) -> bytes:  # noqa: ANN401 # an element of lxml's
    """A part as it is packed."""
    data: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return data


def scrub(root: Any) -> None:  # noqa: ANN401 # an element of lxml's
    """Take away who wrote, remarked, changed or saved something, and where."""
    for element in list(root.iter(etree.Element)):
        name = etree.QName(element).localname
        for attribute in element.attrib:
            if etree.QName(attribute).localname in _WHO:
                element.set(attribute, NOBODY)
        if name == "author" and element.text:  # of remarks in a sheet
            element.text = NOBODY
        if name == "cNvPr" and "/picture" in (etree.QName(element).namespace or ""):
            element.set("name", "")  # Word writes the photo's file name there
        if name == "pageSetup":
            element.attrib.pop(_PRINTER, None)
        if name in _GONE:
            _remove(element)


def _remove(element: Any) -> None:  # noqa: ANN401 # an element of lxml's
    """Take out an element with the choice between versions that was made for it alone."""
    parent = element.getparent()
    if parent is None:
        return
    parent.remove(element)
    if etree.QName(parent).localname in ("Choice", "AlternateContent") and not len(parent):
        _remove(parent)
