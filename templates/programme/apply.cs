<?cs # frame: public ?>
<?cs # A company asks to become a partner.  Reads Form.F of programme.apply, Apply.Questions.n.{Id,Place,Text,Optional}. ?>
<div class="fw-sec"><div class="fw-wrap">
<h1><?cs var:Page.Title ?></h1>
<p class="fw-lead mb-4">{{Tell us about your company. A person reads it, and you get the answer by mail.}}</p>
<form action="/apply" method="post" enctype="multipart/form-data" class="fw-stack" novalidate>
<?cs call:form_head() ?>
<?cs call:card_begin("company", "{{The company}}") ?><div class="fw-fields">
<?cs call:field(Form.F.company_name, "fw-f4", "{{As it stands in the register.}}", "organization") ?>
<?cs call:field_select(Form.F.country, "fw-f2", "", "{{Choose}}") ?>
<?cs call:field(Form.F.address, "fw-f4", "", "off") ?>
<?cs call:field(Form.F.city, "fw-f2", "", "off") ?>
<?cs call:field(Form.F.website, "fw-f3", "", "off") ?>
<?cs call:field(Form.F.tax_number, "fw-f3", "", "off") ?>
</div><?cs call:card_end() ?>
<?cs call:card_begin("person", "{{Who speaks for it}}") ?><div class="fw-fields">
<?cs call:field(Form.F.contact_name, "fw-f3", "", "name") ?>
<?cs call:field(Form.F.contact_title, "fw-f3", "", "organization-title") ?>
<?cs call:field(Form.F.email, "fw-f3", "{{The answer goes here. If you become a partner, you log in with it.}}", "email") ?>
<?cs call:field(Form.F.contact_phone, "fw-f3", "", "tel") ?>
</div><?cs call:card_end() ?>
<?cs if:subcount(Apply.Questions) ?><?cs call:card_begin("questions", "{{What we want to know}}") ?><div class="fw-fields">
<?cs each:q = Apply.Questions ?><?cs set:item_value = Form.F.answer.Items[q.Place].Value ?><?cs set:item_fault = Form.F.answer.Items[q.Place].Fault ?><div class="fw-f6"><input type="hidden" name="question" value="<?cs var:q.Id ?>"><label class="form-label" for="answer-<?cs var:q.Place ?>"><?cs var:q.Text ?><?cs if:q.Optional ?> <span class="fw-opt-mark">{{(optional)}}</span><?cs /if ?></label><textarea class="form-control" id="answer-<?cs var:q.Place ?>" name="answer" rows="3" maxlength="1000"<?cs if:item_fault ?> aria-invalid="true" aria-describedby="answer-<?cs var:q.Place ?>-err"<?cs /if ?>>
<?cs var:item_value ?></textarea><?cs if:item_fault ?><div class="fw-err" id="answer-<?cs var:q.Place ?>-err"><?cs call:icon_s("alert-circle") ?><span><?cs var:item_fault ?></span></div><?cs /if ?></div><?cs /each ?>
</div><?cs call:card_end() ?><?cs /if ?>
<?cs call:card_begin("documents", "{{Documents}}") ?><div class="fw-fields">
<?cs call:field_file(Form.F.files, "fw-f6", "{{Register extract, references: five files at most, 10 MiB together.}}", "") ?>
</div><?cs call:card_end() ?>
<?cs call:card_begin("agree", "{{Before you send it}}") ?><div class="fw-fields"><?cs call:field_check(Form.F.consent, "") ?></div><?cs call:card_end() ?>
<?cs call:savebar_begin() ?><?cs call:submit("{{Send the application}}", "send", "submit", "primary") ?><?cs call:savebar_end("") ?>
</form>
</div></div>
