<?cs # frame: app ?>
<?cs # A company is made or changed: Account.{Action,IsNew,IsPartner,Version}, Form.F. ?>
<?cs call:head() ?>
<form action="<?cs var:Account.Action ?>" method="post" class="fw-stack" novalidate>
<?cs call:form_head() ?><?cs if:Account.Version ?><?cs call:hidden("row_version", Account.Version) ?><?cs /if ?>
<?cs call:card_begin("company", "{{The company}}") ?><div class="fw-fields">
<?cs if:Account.IsNew ?><?cs call:field_radio(Form.F.kind, "fw-f6", "") ?><?cs /if ?>
<?cs call:field(Form.F.name, "fw-f4", "", "off") ?>
<?cs call:field_select(Form.F.country, "fw-f2", "", "{{Choose}}") ?>
<?cs call:field(Form.F.address, "fw-f6", "", "off") ?>
<?cs call:field(Form.F.city, "fw-f3", "", "off") ?>
<?cs call:field(Form.F.region, "fw-f3", "", "off") ?>
<?cs call:field(Form.F.tax_number, "fw-f2", "{{Two companies of one country with the same number are one customer.}}", "off") ?>
<?cs call:field(Form.F.website, "fw-f2", "", "off") ?>
<?cs call:field(Form.F.phone, "fw-f2", "", "off") ?>
</div><?cs call:card_end() ?>
<?cs call:card_begin("care", "{{How it is looked after}}") ?><div class="fw-fields">
<?cs if:Account.IsNew || Account.IsPartner ?><?cs call:field_select(Form.F.tier_id, "fw-f2", "{{Of partners only.}}", "{{None}}") ?><?cs /if ?>
<?cs call:field_select(Form.F.owner_user_id, "fw-f2", "{{Who of your staff looks after the company.}}", "{{Nobody}}") ?>
<?cs call:field_select(Form.F.department_id, "fw-f2", "", "{{None: the whole company}}") ?>
<?cs call:field_select(Form.F.currency, "fw-f2", "", "") ?>
<?cs call:field_select(Form.F.zone, "fw-f3", "", "") ?>
<?cs if:!Account.IsPartner ?><?cs call:field_check(Form.F.named, "{{Registrations of it are never approved by a rule.}}") ?><?cs /if ?>
</div><?cs call:card_end() ?>
<?cs if:subcount(Form.More) ?><?cs call:card_begin("own", "{{Further details}}") ?><div class="fw-fields">
<?cs call:fields_more(Form) ?>
</div><?cs call:card_end() ?><?cs /if ?>
<?cs call:savebar_begin() ?><?cs call:submit("{{Save}}", "check", "", "primary") ?><?cs call:savebar_end("") ?>
</form>
