<?cs # frame: app ?>
<?cs # A reason for closing: Reason.{Action,IsNew}, Form. ?>
<?cs call:head() ?>
<form action="<?cs var:Reason.Action ?>" method="post" class="fw-stack" novalidate>
<?cs call:form_head() ?><?cs call:hidden("row_version", Form.F.row_version.Value) ?>
<?cs call:card_begin("reason", "{{The reason}}") ?><div class="fw-fields"><?cs call:field(Form.F.text_en, "fw-f3", "", "off") ?><?cs call:field(Form.F.text_zh, "fw-f3", "", "off") ?><?cs if:Reason.IsNew ?><?cs call:field_select(Form.F.kind, "fw-f2", "", "") ?><?cs else ?><?cs call:hidden("kind", Form.F.kind.Value) ?><?cs /if ?><?cs call:field(Form.F.sort, "fw-f2", "", "off") ?><?cs call:field_check(Form.F.active, "") ?></div><?cs call:card_end() ?>
<?cs call:savebar_begin() ?><?cs call:submit("{{Save}}", "check", "", "primary") ?><?cs call:savebar_end("") ?>
</form>
