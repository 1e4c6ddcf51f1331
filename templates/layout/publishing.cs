<?cs # What is typed of a document: F is Form.F. ?>
<?cs def:document_fields(f) ?><?cs call:field(f.name_en, "fw-f3", "", "off") ?><?cs call:field(f.name_zh, "fw-f3", "", "off") ?>
<?cs call:field(f.text_en, "fw-f3", "", "off") ?><?cs call:field(f.text_zh, "fw-f3", "", "off") ?>
<?cs call:field(f.category, "fw-f2", "", "") ?><?cs call:field(f.language, "fw-f2", "", "") ?><?cs call:field(f.line, "fw-f2", "", "") ?>
<?cs call:field(f.tier, "fw-f3", "{{The lowest tier that gets it.}}", "") ?><?cs call:field(f.countries, "fw-f3", "{{Two letters each, with commas between: CN, DE. Empty is everywhere.}}", "off") ?><?cs /def ?>
