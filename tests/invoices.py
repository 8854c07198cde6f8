"""Invoices as sellers hand them out: UBL, Cross Industry Invoice, PDF with either in it, OFD, fapiao as XML."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Mapping

OLD_QR = "01,10,033001700211,12345678,100.00,20260301,12345678901234567890,A1B2,"
DIGITAL_QR = "01,32,,24312000000012345678,106.00,20260301,,A1B2"
SELLER = "Müller Catering GmbH"
UBL_NAMES = (
    'xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2"'
    ' xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"'
    ' xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2"'
)
CII_NAMES = (
    'xmlns:rsm="urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100"'
    ' xmlns:ram="urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100"'
    ' xmlns:udt="urn:un:unece:uncefact:data:standard:UnqualifiedDataType:100"'
)
READ = {
    "type": "einvoice",
    "number": "RE-2026/17",
    "seller": SELLER,
    "seller_tax_id": "DE123456789",
    "buyer": "Atrium AG",
    "buyer_tax_id": "DE987654321",
    "day": "2026-03-01",
    "currency": "EUR",
    "total": "119",
    "tax": "19",
    "net": "100",
}
"""What is read of each of the foreign ones."""


def _ubl_party(role: str, name: str, tax_id: str) -> str:
    return (
        f"<cac:Accounting{role}Party><cac:Party><cac:PartyName><cbc:Name>Trade name</cbc:Name></cac:PartyName>"
        f"<cac:PartyTaxScheme><cbc:CompanyID>{tax_id}</cbc:CompanyID></cac:PartyTaxScheme>"
        f"<cac:PartyLegalEntity><cbc:RegistrationName>{name}</cbc:RegistrationName>"
        f"<cbc:CompanyID>HRB 1</cbc:CompanyID></cac:PartyLegalEntity></cac:Party></cac:Accounting{role}Party>"
    )


def ubl(type_code: str = "380", number: str = "RE-2026/17") -> bytes:
    """UBL 2.1 with its tax in a second currency, too."""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><Invoice {UBL_NAMES}><cbc:ID>{number}</cbc:ID>'
        f"<cbc:IssueDate>2026-03-01</cbc:IssueDate><cbc:InvoiceTypeCode>{type_code}</cbc:InvoiceTypeCode>"
        "<cbc:DocumentCurrencyCode>EUR</cbc:DocumentCurrencyCode><cbc:TaxCurrencyCode>CZK</cbc:TaxCurrencyCode>"
        + _ubl_party("Supplier", SELLER, "DE123456789")
        + _ubl_party("Customer", "Atrium AG", "DE987654321")
        + '<cac:TaxTotal><cbc:TaxAmount currencyID="CZK">480.00</cbc:TaxAmount></cac:TaxTotal>'
        '<cac:TaxTotal><cbc:TaxAmount currencyID="EUR">19.00</cbc:TaxAmount></cac:TaxTotal>'
        '<cac:LegalMonetaryTotal><cbc:LineExtensionAmount currencyID="EUR">100.00</cbc:LineExtensionAmount>'
        '<cbc:TaxExclusiveAmount currencyID="EUR">100.00</cbc:TaxExclusiveAmount>'
        '<cbc:TaxInclusiveAmount currencyID="EUR">119.00</cbc:TaxInclusiveAmount>'
        '<cbc:PayableAmount currencyID="EUR">19.00</cbc:PayableAmount></cac:LegalMonetaryTotal>'
        "<cac:InvoiceLine><cbc:ID>1</cbc:ID></cac:InvoiceLine></Invoice>"
    ).encode()


def _cii_party(role: str, name: str, tax_id: str) -> str:
    return (
        f"<ram:{role}TradeParty><ram:ID>4711</ram:ID><ram:Name>{name}</ram:Name>"
        '<ram:SpecifiedTaxRegistration><ram:ID schemeID="FC">201/113/40209</ram:ID></ram:SpecifiedTaxRegistration>'
        f'<ram:SpecifiedTaxRegistration><ram:ID schemeID="VA">{tax_id}</ram:ID></ram:SpecifiedTaxRegistration>'
        f"</ram:{role}TradeParty>"
    )


def cii(type_code: str = "380") -> bytes:
    """A Cross Industry Invoice as EN 16931 has it."""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><rsm:CrossIndustryInvoice {CII_NAMES}>'
        f"<rsm:ExchangedDocument><ram:ID>RE-2026/17</ram:ID><ram:TypeCode>{type_code}</ram:TypeCode>"
        '<ram:IssueDateTime><udt:DateTimeString format="102">20260301</udt:DateTimeString></ram:IssueDateTime>'
        "</rsm:ExchangedDocument><rsm:SupplyChainTradeTransaction><ram:ApplicableHeaderTradeAgreement>"
        + _cii_party("Seller", SELLER, "DE123456789")
        + _cii_party("Buyer", "Atrium AG", "DE987654321")
        + "</ram:ApplicableHeaderTradeAgreement><ram:ApplicableHeaderTradeSettlement>"
        "<ram:InvoiceCurrencyCode>EUR</ram:InvoiceCurrencyCode>"
        "<ram:SpecifiedTradeSettlementHeaderMonetarySummation><ram:TaxBasisTotalAmount>100.00</ram:TaxBasisTotalAmount>"
        '<ram:TaxTotalAmount currencyID="EUR">19.00</ram:TaxTotalAmount>'
        "<ram:GrandTotalAmount>119.00</ram:GrandTotalAmount>"
        "</ram:SpecifiedTradeSettlementHeaderMonetarySummation></ram:ApplicableHeaderTradeSettlement>"
        "</rsm:SupplyChainTradeTransaction></rsm:CrossIndustryInvoice>"
    ).encode()


def zugferd_1() -> bytes:
    """The same by ZUGFeRD 1.0, which had other names."""
    text = (
        cii()
        .decode()
        .replace(
            "urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100", "urn:ferd:CrossIndustryDocument:invoice:1p0"
        )
    )
    for new, old in (
        ("CrossIndustryInvoice", "CrossIndustryDocument"),
        ("ExchangedDocument", "HeaderExchangedDocument"),
        ("rsm:SupplyChainTradeTransaction", "rsm:SpecifiedSupplyChainTradeTransaction"),
        ("ApplicableHeaderTrade", "ApplicableSupplyChainTrade"),
        ("SettlementHeaderMonetary", "SettlementMonetary"),
    ):
        text = text.replace(new, old)
    return text.encode()


def digital() -> bytes:
    """A digital fapiao (数电票) as XML."""
    return (
        "<EInvoice><Header><EIid>24312000000012345678</EIid><InherentLabel><GeneralOrSpecialVAT>"
        "<LabelCode>02</LabelCode></GeneralOrSpecialVAT></InherentLabel></Header><EInvoiceData>"
        "<SellerInformation><SellerIdNum>91310000MA1FL00000</SellerIdNum><SellerName>上海饭店</SellerName>"
        "</SellerInformation><BuyerInformation><BuyerIdNum>91310000MA1FL11111</BuyerIdNum><BuyerName>中庭公司</BuyerName>"
        "</BuyerInformation><BasicInformation><TotalAmWithoutTax>100.00</TotalAmWithoutTax><TotalTaxAm>6.00</TotalTaxAm>"
        "<TotalTax-includedAmount>106.00</TotalTax-includedAmount></BasicInformation></EInvoiceData>"
        "<TaxSupervisionInfo><InvoiceNumber>24312000000012345678</InvoiceNumber>"
        "<IssueTime>2026-03-01 10:11:12</IssueTime></TaxSupervisionInfo></EInvoice>"
    ).encode()


def original(total: str = "106.00") -> bytes:
    """What a fapiao as OFD has beside its pages."""
    return (
        '<fp:eInvoice xmlns:fp="http://www.edrm.org.cn/schema/e-invoice/2019"><fp:InvoiceCode>033001700211</fp:InvoiceCode>'
        "<fp:InvoiceNo>12345678</fp:InvoiceNo><fp:IssueDate>2026年03月01日</fp:IssueDate>"
        "<fp:Buyer><fp:BuyerName>中庭公司</fp:BuyerName><fp:BuyerTaxID>91310000MA1FL11111</fp:BuyerTaxID></fp:Buyer>"
        f"<fp:TaxInclusiveTotalAmount>{total}</fp:TaxInclusiveTotalAmount>"
        "<fp:TaxExclusiveTotalAmount>100.00</fp:TaxExclusiveTotalAmount><fp:TaxTotalAmount>6.00</fp:TaxTotalAmount>"
        "<fp:Seller><fp:SellerName>上海饭店</fp:SellerName><fp:SellerTaxID>91310000MA1FL00000</fp:SellerTaxID></fp:Seller>"
        "</fp:eInvoice>"
    ).encode()


CUSTOM = {
    "发票代码": "033001700211",
    "发票号码": "12345678",
    "开票日期": "2026年03月01日",
    "合计金额": "100.00",
    "合计税额": "6.00",
}


def main_part(custom: Mapping[str, str] = CUSTOM) -> bytes:
    """The main part of an OFD."""
    datas = "".join(f'<ofd:CustomData Name="{name}">{text}</ofd:CustomData>' for name, text in custom.items())
    return (
        '<?xml version="1.0" encoding="UTF-8"?>'
        '<ofd:OFD xmlns:ofd="http://www.ofdspec.org/2016" DocType="OFD" Version="1.0">'
        f"<ofd:DocBody><ofd:DocInfo><ofd:DocID>1</ofd:DocID><ofd:CustomDatas>{datas}</ofd:CustomDatas></ofd:DocInfo>"
        "<ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>"
    ).encode()


def zipped(parts: Mapping[str, bytes]) -> bytes:
    """A zip of these parts."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return content.getvalue()


def ofd() -> bytes:
    """A fapiao as OFD."""
    return zipped(
        {"OFD.xml": main_part(), "Doc_0/Document.xml": b"<d/>", "Doc_0/Attachs/original_invoice.xml": original()}
    )


def pdf(data: bytes, filtered: bool = True, kind: bytes = b"/Type /EmbeddedFile /Subtype /text#2Fxml") -> bytes:
    """A PDF with a page and an embedded file, as Factur-X and ZUGFeRD have it."""
    stream = zlib.compress(data) if filtered else data
    page = zlib.compress(b"BT /F1 12 Tf (stream) Tj ET\nstream\n")
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R /AF [5 0 R] >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R >>",
        b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(page), page),
        b"<< /Type /Filespec /F (factur-x.xml) /AFRelationship /Data /EF << /F 6 0 R >> >>",
        b"<< %s /Params << /Size %d >> /Length %d%s >>\nstream\r\n%s\nendstream"
        % (kind, len(data), len(stream), b" /Filter [/FlateDecode]" if filtered else b"", stream),
    ]
    body = b"".join(b"%d 0 obj\n%s\nendobj\n" % (number, each) for number, each in enumerate(objects, 1))
    return b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n" + body + b"trailer << /Root 1 0 R >>\n%%EOF\n"
