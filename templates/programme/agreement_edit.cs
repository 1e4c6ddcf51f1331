<?cs # frame: app ?>
<?cs # A new version is written: Agreement.{Action,Version}, Form.F. ?>
<?cs call:head() ?>
<form action="<?cs var:Agreement.Action ?>" method="post" class="fw-stack" novalidate>
<?cs call:form_head() ?>
<?cs call:card_begin("text", "{{The agreement}}") ?><div class="fw-fields">
<?cs call:field(Form.F.title_en, "fw-f3", "", "off") ?><?cs call:field(Form.F.title_zh, "fw-f3", "", "off") ?>
<?cs call:field_rows(Form.F.body_en, "fw-f3", "{{An empty line begins a paragraph.}}", "24") ?><?cs call:field_rows(Form.F.body_zh, "fw-f3", "", "24") ?>
<?cs call:field_check(Form.F.asks_again, "") ?>
</div><?cs call:card_end() ?>
<?cs call:savebar_begin() ?><?cs call:submit("{{Save as a draft}}", "check", "", "primary") ?><?cs call:savebar_end("{{Nobody sees a draft but staff.}}") ?>
</form>
