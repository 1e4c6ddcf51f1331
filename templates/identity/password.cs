<?cs # frame: app ?>
<?cs # Changes the own password.  Reads Tabs, Account.PasswordAt, Form.F.{current,password}. ?>
<?cs call:head() ?>
<?cs call:tabs(Tabs, "{{Parts of my account}}") ?>
<?cs call:card_begin("password", "{{Change your password}}") ?>
<?cs if:Account.PasswordAt.Text ?><p class="fw-2">{{Last changed %s.|Account.PasswordAt.Text}}</p><?cs /if ?>
<form action="/account/password" method="post" novalidate>
<?cs call:form_head() ?>
<div class="fw-fields">
<?cs call:field_password(Form.F.current, "fw-f3", "", "current-password") ?>
<?cs call:field_password(Form.F.password, "fw-f3", "{{8 characters or more; any signs, also spaces.}}", "new-password") ?>
</div>
<?cs call:savebar_begin() ?><?cs call:submit("{{Change password}}", "", "", "primary") ?><?cs call:savebar_end("{{You stay logged in here and are logged out everywhere else.}}") ?>
</form>
<?cs call:card_end() ?>
