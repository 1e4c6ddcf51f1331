<?cs # frame: app ?>
<?cs # A routing rule: Rule.{Action,Delete,Version}, Form.F. ?>
<?cs call:head() ?>
<form action="<?cs var:Rule.Action ?>" method="post" class="fw-stack" novalidate>
<?cs call:form_head() ?><?cs call:hidden("row_version", Form.F.row_version.Value) ?>
<?cs call:card_begin("rule", "{{The rule}}") ?><div class="fw-fields">
<?cs call:field(Form.F.name_en, "fw-f3", "", "off") ?>
<?cs call:field(Form.F.name_zh, "fw-f3", "", "off") ?>
<?cs call:field(Form.F.position, "fw-f2", "{{Smaller numbers are asked first.}}", "off") ?>
<?cs call:field_check(Form.F.active, "") ?>
</div><?cs call:card_end() ?>
<?cs call:card_begin("lead", "{{What the lead must be}}") ?><div class="fw-fields">
<?cs call:field_select(Form.F.territory_id, "fw-f2", "", "{{Any}}") ?>
<?cs call:field_select(Form.F.country, "fw-f2", "", "{{Any}}") ?>
<?cs call:field(Form.F.region, "fw-f2", "", "off") ?>
<?cs call:field_select(Form.F.product_line_id, "fw-f2", "", "{{Any}}") ?>
<?cs call:field_select(Form.F.language, "fw-f2", "", "") ?>
<?cs call:field(Form.F.score_least, "fw-f2", "", "off") ?>
</div><?cs call:card_end() ?>
<?cs call:card_begin("partner", "{{What the partner must be}}") ?><div class="fw-fields">
<?cs call:field_select(Form.F.place, "fw-f3", "", "") ?>
<?cs call:field_select(Form.F.tier_id, "fw-f3", "", "{{Any}}") ?>
<?cs call:field_select(Form.F.course, "fw-f4", "{{Somebody there holds one that is valid.}}", "{{Any}}") ?>
<?cs call:field_check(Form.F.sells_line, "") ?>
<?cs call:field_check(Form.F.speaks, "") ?>
</div><?cs call:card_end() ?>
<?cs call:card_begin("method", "{{Among those that fit}}") ?><div class="fw-fields"><?cs call:field_select(Form.F.method, "fw-f4", "", "") ?></div><?cs call:card_end() ?>
<?cs call:savebar_begin() ?><?cs call:submit("{{Save}}", "check", "", "primary") ?><?cs call:savebar_end("{{Holds for leads that are routed from now on.}}") ?>
</form>
<?cs if:Rule.Delete ?><form action="<?cs var:Rule.Delete ?>" method="post" class="mt-3"><input type="hidden" name="form_token" value="<?cs var:Form.Token ?>"><?cs call:hidden("row_version", Rule.Version) ?><button class="btn fw-btn" type="submit"><?cs call:icon("trash") ?>{{Delete this rule}}</button></form><?cs /if ?>
