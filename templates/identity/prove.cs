<?cs # frame: app ?>
<?cs # The password once more before something delicate.  Reads Factor, Form.F.{password,code,next}. ?>
<?cs call:head() ?>
<?cs call:card_begin("prove", "{{Type your password}}") ?>
<p>{{What you are about to change protects your log-in. We ask for your password so that nobody else can change it at your desk.}}</p>
<form action="/account/prove" method="post" class="fw-stack-s" novalidate>
<?cs call:form_head() ?>
<?cs call:hidden("next", Form.F.next.Value) ?>
<div class="fw-fields"><?cs call:field_password(Form.F.password, "fw-f3", "", "current-password") ?><?cs if:Factor ?><?cs call:field(Form.F.code, "fw-f3", "{{Without your phone at hand: type one of your recovery codes.}}", "one-time-code") ?><?cs /if ?></div>
<div class="fw-row"><?cs call:submit("{{Continue}}", "", "", "primary") ?></div>
</form>
<?cs call:card_end() ?>
