<?cs # frame: app ?>
<?cs # A stage: Stage.{Action,Delete,Version,IsOpen}, Form. ?>
<?cs call:head() ?>
<form action="<?cs var:Stage.Action ?>" method="post" class="fw-stack" novalidate>
<?cs call:form_head() ?><?cs call:hidden("row_version", Form.F.row_version.Value) ?>
<?cs call:card_begin("stage", "{{The stage}}") ?><div class="fw-fields"><?cs call:field(Form.F.name_en, "fw-f3", "", "off") ?><?cs call:field(Form.F.name_zh, "fw-f3", "", "off") ?><?cs if:Stage.IsOpen ?><?cs call:field(Form.F.probability, "fw-f2", "{{Of opportunities that come into it from now on.}}", "off") ?><?cs call:field_select(Form.F.category, "fw-f2", "", "") ?><?cs call:field(Form.F.stale_days, "fw-f2", "{{0: never}}", "off") ?><?cs else ?><?cs call:hidden("probability", Form.F.probability.Value) ?><?cs call:hidden("category", "omitted") ?><?cs /if ?><?cs call:field_check(Form.F.active, "") ?></div><?cs call:card_end() ?>
<?cs if:Stage.IsOpen ?><?cs call:card_begin("needed", "{{What must be filled in before it is left for a later one}}") ?><div class="fw-fields"><?cs call:field_check(Form.F.needs_amount, "") ?><?cs call:field_check(Form.F.needs_next_step, "") ?><?cs call:field_check(Form.F.needs_competitors, "") ?><?cs call:field_check(Form.F.needs_close, "") ?></div><?cs call:card_end() ?><?cs /if ?>
<?cs call:savebar_begin() ?><?cs call:submit("{{Save}}", "check", "", "primary") ?><?cs call:savebar_end("") ?>
</form>
<?cs if:Stage.Delete ?><form action="<?cs var:Stage.Delete ?>" method="post" class="mt-3"><input type="hidden" name="form_token" value="<?cs var:Form.Token ?>"><?cs call:hidden("row_version", Stage.Version) ?><button class="btn fw-btn" type="submit"><?cs call:icon("trash") ?>{{Delete this stage}}</button></form><?cs /if ?>
