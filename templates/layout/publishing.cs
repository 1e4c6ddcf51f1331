<?cs # What is typed of a document: F is Form.F. ?>
<?cs def:document_fields(f) ?><?cs call:field(f.name_en, "fw-f3", "", "off") ?><?cs call:field(f.name_zh, "fw-f3", "", "off") ?>
<?cs call:field(f.text_en, "fw-f3", "", "off") ?><?cs call:field(f.text_zh, "fw-f3", "", "off") ?>
<?cs call:field(f.category, "fw-f2", "", "") ?><?cs call:field(f.language, "fw-f2", "", "") ?><?cs call:field(f.line, "fw-f2", "", "") ?>
<?cs call:field(f.tier, "fw-f3", "{{The lowest tier that gets it.}}", "") ?><?cs call:field(f.countries, "fw-f3", "{{Two letters each, with commas between: CN, DE. Empty is everywhere.}}", "off") ?><?cs /def ?>

<?cs # What is typed of an announcement: F is Form.F. ?>
<?cs def:announcement_cards(f) ?><?cs call:card_begin("text", "{{The text}}") ?><div class="fw-fields"><?cs call:field(f.title_en, "fw-f3", "", "off") ?><?cs call:field(f.title_zh, "fw-f3", "", "off") ?><?cs call:field_rows(f.body_en, "fw-f3", "{{An empty line begins a paragraph.}}", "10") ?><?cs call:field_rows(f.body_zh, "fw-f3", "", "10") ?><?cs call:field_check(f.important, "") ?></div><?cs call:card_end() ?>
<?cs call:card_begin("for", "{{Whom it is for, and how long}}") ?><div class="fw-fields"><?cs call:field_check(f.for_partner, "") ?><?cs call:field_check(f.for_customer, "") ?><?cs call:field_check(f.for_staff, "") ?><?cs call:field(f.tier, "fw-f3", "{{The lowest tier that sees it.}}", "") ?><?cs call:field(f.line, "fw-f3", "", "") ?><?cs call:field(f.countries, "fw-f6", "{{Two letters each, with commas between: CN, DE. Empty is everywhere.}}", "off") ?><?cs call:field(f.from_on, "fw-f3", "", "off") ?><?cs call:field(f.until_on, "fw-f3", "{{Empty: until it is withdrawn.}}", "off") ?></div><?cs call:card_end() ?><?cs /def ?>
