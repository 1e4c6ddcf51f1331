<?cs # frame: app ?>
<?cs # A lead is typed in or changed: Lead.{Action,IsNew}, Form.F. ?>
<?cs call:head() ?>
<form action="<?cs var:Lead.Action ?>" method="post" class="fw-stack" novalidate>
<?cs call:form_head() ?><?cs call:hidden("row_version", Form.F.row_version.Value) ?>
<?cs call:card_begin("who", "{{Who asks}}") ?><div class="fw-fields">
<?cs call:field(Form.F.company_name, "fw-f4", "", "off") ?>
<?cs call:field_select(Form.F.country, "fw-f2", "", "{{Choose}}") ?>
<?cs call:field(Form.F.city, "fw-f3", "", "off") ?>
<?cs call:field(Form.F.region, "fw-f3", "", "off") ?>
<?cs call:field(Form.F.website, "fw-f6", "", "off") ?>
<?cs call:field(Form.F.person_name, "fw-f3", "", "off") ?>
<?cs call:field(Form.F.person_title, "fw-f3", "", "off") ?>
<?cs call:field(Form.F.email, "fw-f3", "", "off") ?>
<?cs call:field(Form.F.phone, "fw-f3", "", "off") ?>
</div><?cs call:card_end() ?>
<?cs call:card_begin("what", "{{What it is about}}") ?><div class="fw-fields">
<?cs call:field_select(Form.F.product_line_id, "fw-f2", "", "{{Not said}}") ?>
<?cs call:field_select(Form.F.budget, "fw-f2", "", "") ?>
<?cs call:field_select(Form.F.timeframe, "fw-f2", "", "") ?>
<?cs call:field_rows(Form.F.question, "fw-f6", "", "4") ?>
<?cs call:field_select(Form.F.source, "fw-f2", "", "") ?>
<?cs call:field(Form.F.campaign, "fw-f2", "", "off") ?>
<?cs call:field_select(Form.F.language, "fw-f2", "{{In which the partner should speak with them.}}", "") ?>
<?cs if:Lead.IsNew ?><?cs call:field_check(Form.F.consent, "{{Kept with the lead, with the time.}}") ?><?cs /if ?>
</div><?cs call:card_end() ?>
<?cs call:savebar_begin() ?><?cs if:Lead.IsNew ?><?cs call:submit("{{Save and find a partner}}", "route", "route", "primary") ?><?cs call:submit("{{Save alone}}", "check", "save", "normal") ?><?cs call:savebar_end("{{The score is made when it is saved.}}") ?><?cs else ?><?cs call:submit("{{Save}}", "check", "", "primary") ?><?cs call:savebar_end("") ?><?cs /if ?>
</form>
