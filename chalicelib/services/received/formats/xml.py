"""Invoices in XML: UBL 2.x and UN/CEFACT's Cross Industry Invoice (the two syntaxes of EN 16931), and fapiao.

What is read stands in tables: for each syntax, by field, the paths at which it may stand.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from chalicelib.domain.received import day_of, figure_of, line_of
from chalicelib.services.received.formats.leaves import Document, leaves_of, refused

CREDITS = frozenset({"81", "83", "261", "296", "308", "381", "396", "420", "458", "532"})
"""Codes of UNTDID 1001 that stand for a credit note."""


@dataclass(frozen=True)
class Syntax:
    """Where a syntax has what: the paths of each field, what is the same for all, and how the type is coded."""

    root: str
    namespace: str
    paths: Mapping[str, tuple[str, ...]]
    constant: Mapping[str, str] = field(default_factory=lambda: {"type": "einvoice"})
    code: str = ""
    """The path of the code of UNTDID 1001."""


def _party(role: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The paths of a UBL party's name and tax id."""
    party = f"Accounting{role}Party/Party"
    names = (f"{party}/PartyLegalEntity/RegistrationName", f"{party}/PartyName/Name")
    return names, (f"{party}/PartyTaxScheme/CompanyID", f"{party}/PartyLegalEntity/CompanyID")


def _cross_industry(document: str, agreement: str, settlement: str, summation: str) -> Mapping[str, tuple[str, ...]]:
    """The paths of a Cross Industry Invoice, which has had two shapes."""
    sums = f"{settlement}/{summation}"
    return {
        "number": (f"{document}/ID",),
        "day": (f"{document}/IssueDateTime/DateTimeString",),
        "currency": (f"{settlement}/InvoiceCurrencyCode",),
        "seller": (f"{agreement}/SellerTradeParty/Name",),
        "seller_tax_id": (f"{agreement}/SellerTradeParty/SpecifiedTaxRegistration/ID",),
        "buyer": (f"{agreement}/BuyerTradeParty/Name",),
        "buyer_tax_id": (f"{agreement}/BuyerTradeParty/SpecifiedTaxRegistration/ID",),
        "total": (f"{sums}/GrandTotalAmount",),
        "tax": (f"{sums}/TaxTotalAmount",),
        "net": (f"{sums}/TaxBasisTotalAmount",),
    }


_FAPIAO = {"currency": "CNY"}
_TRADE, _OLD_TRADE = "SupplyChainTradeTransaction", "SpecifiedSupplyChainTradeTransaction"
_BASIC = "EInvoiceData/BasicInformation"
SYNTAXES = (
    Syntax(
        "Invoice",
        "urn:oasis:names:specification:ubl:schema:xsd:Invoice-2",
        {
            "number": ("ID",),
            "day": ("IssueDate",),
            "currency": ("DocumentCurrencyCode",),
            "seller": _party("Supplier")[0],
            "seller_tax_id": _party("Supplier")[1],
            "buyer": _party("Customer")[0],
            "buyer_tax_id": _party("Customer")[1],
            "total": ("LegalMonetaryTotal/TaxInclusiveAmount", "LegalMonetaryTotal/PayableAmount"),
            "tax": ("TaxTotal/TaxAmount",),
            "net": ("LegalMonetaryTotal/TaxExclusiveAmount",),
        },
        code="InvoiceTypeCode",
    ),
    Syntax(
        "CrossIndustryInvoice",
        "urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100",
        _cross_industry(
            "ExchangedDocument",
            f"{_TRADE}/ApplicableHeaderTradeAgreement",
            f"{_TRADE}/ApplicableHeaderTradeSettlement",
            "SpecifiedTradeSettlementHeaderMonetarySummation",
        ),
        code="ExchangedDocument/TypeCode",
    ),
    Syntax(  # ZUGFeRD 1.0
        "CrossIndustryDocument",
        "urn:ferd:CrossIndustryDocument:invoice:1p0",
        _cross_industry(
            "HeaderExchangedDocument",
            f"{_OLD_TRADE}/ApplicableSupplyChainTradeAgreement",
            f"{_OLD_TRADE}/ApplicableSupplyChainTradeSettlement",
            "SpecifiedTradeSettlementMonetarySummation",
        ),
        code="HeaderExchangedDocument/TypeCode",
    ),
    Syntax(  # digital fapiao (数电票)
        "EInvoice",
        "",
        {
            "number": ("TaxSupervisionInfo/InvoiceNumber", "Header/EIid"),
            "day": ("TaxSupervisionInfo/IssueTime", f"{_BASIC}/RequestTime"),
            "seller": ("EInvoiceData/SellerInformation/SellerName",),
            "seller_tax_id": ("EInvoiceData/SellerInformation/SellerIdNum",),
            "buyer": ("EInvoiceData/BuyerInformation/BuyerName",),
            "buyer_tax_id": ("EInvoiceData/BuyerInformation/BuyerIdNum",),
            "total": (f"{_BASIC}/TotalTax-includedAmount",),
            "tax": (f"{_BASIC}/TotalTaxAm",),
            "net": (f"{_BASIC}/TotalAmWithoutTax",),
        },
        _FAPIAO,
    ),
    Syntax(  # the original of a fapiao in OFD (2019)
        "eInvoice",
        "http://www.edrm.org.cn/schema/e-invoice/2019",
        {
            "code": ("InvoiceCode",),
            "number": ("InvoiceNo",),
            "day": ("IssueDate",),
            "seller": ("Seller/SellerName",),
            "seller_tax_id": ("Seller/SellerTaxID",),
            "buyer": ("Buyer/BuyerName",),
            "buyer_tax_id": ("Buyer/BuyerTaxID",),
            "total": ("TaxInclusiveTotalAmount",),
            "tax": ("TaxTotalAmount",),
            "net": ("TaxExclusiveTotalAmount",),
        },
        _FAPIAO,
    ),
)
_LABEL = "Header/InherentLabel/GeneralOrSpecialVAT/LabelCode"
_LABELS = {"01": "vat_special", "02": "vat_ordinary"}


def read(content: bytes) -> dict[str, str]:
    """What an invoice says; raises Invalid for what is none, and for a credit note."""
    found = read_if_invoice(content)
    if found is None:
        raise refused("xml_no_invoice")
    return found


def read_if_invoice(content: bytes) -> dict[str, str] | None:
    """The same, None for a document of another kind."""
    document = leaves_of(content)
    if (document.root, document.namespace) == (
        "CreditNote",
        "urn:oasis:names:specification:ubl:schema:xsd:CreditNote-2",
    ):
        raise refused("invoice_is_credit")
    syntax = next((each for each in SYNTAXES if _is(document, each)), None)
    if syntax is None:
        return None
    if syntax.code and document.first(syntax.code) in CREDITS:
        raise refused("invoice_is_credit")
    said = {**{name: _said(document, syntax, name) for name in syntax.paths}, **syntax.constant}
    said["type"] = said.get("type") or _LABELS.get(document.first(_LABEL), "")
    if "-" in (said["total"], said["net"]):
        raise refused("invoice_is_credit")
    return {name: text for name, text in said.items() if text and text != "-"}


def _is(document: Document, syntax: Syntax) -> bool:
    """Fapiao come with or without their namespace."""
    fapiao = syntax.constant is _FAPIAO
    return document.root == syntax.root and (fapiao or document.namespace == syntax.namespace)


def _said(document: Document, syntax: Syntax, name: str) -> str:
    paths = syntax.paths[name]
    match name:
        case "day":
            return day_of(document.first(*paths))
        case "total" | "tax" | "net":
            currency = _currency(document, syntax)
            return figure_of(document.first(*paths, **({"currencyID": currency} if currency else {})))
        case "currency":
            return _currency(document, syntax)
        case "seller_tax_id" | "buyer_tax_id":
            return line_of(document.first(*paths, schemeID="VA") or document.first(*paths))
        case _:
            return line_of(document.first(*paths))


def _currency(document: Document, syntax: Syntax) -> str:
    """The document's; tax may be stated in another one beside it."""
    return document.first(*syntax.paths.get("currency", ())).upper()[:3]
