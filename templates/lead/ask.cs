<?cs # frame: public ?>
<?cs # Anybody asks: Form.F, Ask.Consent. ?>
<section class="fw-sec" aria-labelledby="ask-h"><div class="fw-wrap fw-stack">
<h1 id="ask-h">{{Ask a partner near you}}</h1>
<p class="fw-lead m-0">{{Tell us what you need. We pass it on to a partner who knows the field and speaks your language.}}</p>
<form action="/contact" method="post" class="fw-stack" novalidate>
<?cs call:form_head() ?><?cs call:hidden("shown", Form.F.shown.Value) ?><?cs call:hidden("campaign", Form.F.campaign.Value) ?>
<?cs if:Form.F.shown.Fault ?><div class="fw-err" id="shown"><?cs call:icon_s("alert-circle") ?><span><?cs var:Form.F.shown.Fault ?></span></div><?cs /if ?>
<?cs call:card_begin("need", "{{What do you need?}}") ?><div class="fw-fields">
<?cs call:field_select(Form.F.product_line_id, "fw-f2", "", "{{I do not know yet}}") ?>
<?cs call:field_select(Form.F.budget, "fw-f2", "", "") ?>
<?cs call:field_select(Form.F.timeframe, "fw-f2", "", "") ?>
<?cs call:field_rows(Form.F.question, "fw-f6", "", "4") ?>
</div><?cs call:card_end() ?>
<?cs call:card_begin("you", "{{How is a partner to reach you?}}") ?><div class="fw-fields">
<?cs call:field(Form.F.company_name, "fw-f4", "", "organization") ?>
<?cs call:field_select(Form.F.country, "fw-f2", "", "{{Choose}}") ?>
<?cs call:field(Form.F.city, "fw-f3", "", "address-level2") ?>
<?cs call:field(Form.F.region, "fw-f3", "", "address-level1") ?>
<?cs call:field(Form.F.person_name, "fw-f3", "", "name") ?>
<?cs call:field(Form.F.person_title, "fw-f3", "", "organization-title") ?>
<?cs call:field(Form.F.email, "fw-f3", "", "email") ?>
<?cs call:field(Form.F.phone, "fw-f3", "", "tel") ?>
<?cs call:field(Form.F.website, "fw-f6", "", "url") ?>
<div class="visually-hidden" aria-hidden="true"><label for="fax">{{Leave this empty}}</label><input id="fax" name="fax" tabindex="-1" autocomplete="off"></div>
</div><?cs call:card_end() ?>
<?cs call:card_begin("agree", "{{What happens with it}}") ?><p><?cs var:Ask.Consent ?></p><div class="fw-fields"><?cs call:field_check(Form.F.consent, "") ?></div><?cs call:card_end() ?>
<div class="fw-row"><?cs call:submit("{{Send}}", "send", "", "primary") ?></div>
</form></div></section>
