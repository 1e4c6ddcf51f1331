<?cs # frame: app ?>
<?cs # Own profile, language, zone and theme in one form.  Reads Tabs, Account.Email, Form.F. ?>
<?cs call:head() ?>
<?cs call:tabs(Tabs, "{{Parts of my account}}") ?>
<form action="/account" method="post" class="fw-stack" novalidate>
<?cs call:form_head() ?>
<?cs call:card_begin("profile", "{{Profile}}") ?><div class="fw-fields">
<?cs call:field(Form.F.name, "fw-f3", "", "name") ?>
<?cs call:field(Form.F.title, "fw-f3", "", "organization-title") ?>
<?cs call:field(Form.F.phone, "fw-f3", "", "tel") ?>
<div class="fw-f3"><label class="form-label" for="login-email">{{E-mail}}</label><input class="form-control" type="email" id="login-email" value="<?cs var:Account.Email ?>" aria-describedby="login-email-hint" readonly><div class="form-hint" id="login-email-hint">{{You log in with it. The portal’s staff can change it.}}</div></div>
</div><?cs call:card_end() ?>
<?cs call:card_begin("language", "{{Language and time}}") ?><div class="fw-fields">
<?cs call:field(Form.F.language, "fw-f3", "{{Also of the mails you get.}}", "") ?>
<?cs call:field_select(Form.F.zone, "fw-f3", "{{All times are shown in it.}}", "") ?>
</div><?cs call:card_end() ?>
<?cs call:card_begin("look", "{{Appearance}}") ?><div class="fw-fields">
<?cs call:field_radio(Form.F.theme, "fw-f6", "") ?>
</div><?cs call:card_end() ?>
<?cs call:savebar_begin() ?><?cs call:submit("{{Save changes}}", "", "", "primary") ?><?cs call:savebar_end("{{Profile, language and appearance are saved together.}}") ?>
</form>
