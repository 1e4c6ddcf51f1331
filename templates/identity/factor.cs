<?cs # frame: app ?>
<?cs # The own second factor.  Reads Tabs, Factor.{On,Wanted,Since,CodesLeft,FewCodes,Qr,QrBox,Secret},
     Form.F.code, Off.F.{password,code}. ?>
<?cs call:head() ?>
<?cs call:tabs(Tabs, "{{Parts of my account}}") ?>
<div class="fw-stack">
<?cs if:Factor.Secret ?>
<?cs call:card_begin("new", "{{Set up an authenticator}}") ?><div class="fw-stack-s">
<?cs call:factor_secret(Factor) ?>
<form action="/account/second-factor/confirm" method="post" class="fw-stack-s" novalidate>
<?cs call:form_head() ?>
<?cs call:hidden("next", "") ?>
<div class="fw-fields"><?cs call:field(Form.F.code, "fw-f3", "{{The six digits that the app shows now.}}", "one-time-code") ?></div>
<div class="fw-row"><?cs call:submit("{{Confirm}}", "", "", "primary") ?><?cs if:Factor.On ?><span class="fw-2">{{Until then the one you have stays in use.}}</span><?cs /if ?></div>
</form></div>
<?cs call:card_end() ?>
<?cs /if ?>
<?cs if:Factor.On ?>
<?cs call:card_begin("on", "{{Authenticator app}}") ?>
<dl class="fw-dl"><?cs call:dl_row("{{In use since}}", Factor.Since.Text) ?><?cs call:dl_row("{{Recovery codes left}}", Factor.CodesLeft) ?></dl>
<?cs if:Factor.FewCodes ?><div class="mt-3"><?cs call:note("wait", "{{Few recovery codes are left. Make new ones before you need them.}}") ?></div><?cs /if ?>
<div class="fw-row mt-3">
<form action="/account/second-factor/codes" method="post"><?cs call:hidden("form_token", Form.Token) ?><?cs call:submit("{{Make new recovery codes}}", "", "", "") ?></form>
<form action="/account/second-factor/begin" method="post"><?cs call:hidden("form_token", Form.Token) ?><?cs call:submit("{{Use another phone}}", "", "", "") ?></form>
</div>
<?cs call:card_end() ?>
<?cs if:Factor.Wanted ?>
<?cs call:note("info", "{{Your log-in must have a second factor; it cannot be turned off.}}") ?>
<?cs elif:!Factor.Secret ?>
<?cs call:card_begin("off", "{{Turn it off}}") ?>
<form action="/account/second-factor/off" method="post" class="fw-stack-s" novalidate>
<?cs call:hidden("form_token", Form.Token) ?>
<div class="fw-fields"><?cs call:field_password(Off.F.password, "fw-f3", "", "current-password") ?><?cs call:field(Off.F.code, "fw-f3", "", "one-time-code") ?></div>
<div class="fw-row"><?cs call:submit("{{Turn off the second factor}}", "", "", "bad") ?></div>
</form>
<?cs call:card_end() ?>
<?cs /if ?>
<?cs elif:!Factor.Secret ?>
<section class="card"><?cs call:empty("shield-lock", "{{No second factor yet}}", "{{With one, a stolen password alone is worth nothing. You need an authenticator app on your phone.}}", "", "") ?>
<form action="/account/second-factor/begin" method="post" class="fw-empty-act"><?cs call:hidden("form_token", Form.Token) ?><?cs call:submit("{{Set up a second factor}}", "", "", "primary") ?></form></section>
<?cs /if ?>
</div>
