<?cs # frame: public ?>
<?cs # A second factor is needed and none is there yet.  Reads Factor.{Qr,QrBox,Secret}, Form.F.{code,next}. ?>
<div class="fw-auth"><section class="card" aria-labelledby="setup-h"><div class="fw-card-b fw-stack-s">
<h1 id="setup-h">{{Set up your second factor}}</h1>
<p class="fw-2 m-0">{{Your log-in needs a code from your phone besides the password. You can use any authenticator app.}}</p>
<?cs call:factor_secret(Factor) ?>
<form action="/2fa/setup" method="post" class="fw-stack-s" novalidate>
<?cs call:form_head() ?>
<?cs call:hidden("next", Form.F.next.Value) ?>
<?cs call:field(Form.F.code, "", "{{The six digits that the app shows now.}}", "one-time-code") ?>
<button type="submit" class="btn btn-primary w-100">{{Confirm and log in}}</button>
</form>
<p class="fw-s fw-2 m-0"><a href="/login">{{Log in as somebody else}}</a></p>
</div></section></div>
