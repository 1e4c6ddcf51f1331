<?cs # frame: public ?>
<?cs # Log-in, second step.  Reads Form.F.{code,next}. ?>
<div class="fw-auth"><section class="card" aria-labelledby="code-h"><div class="fw-card-b fw-stack-s">
<h1 id="code-h">{{Enter your code}}</h1>
<p class="fw-2 m-0">{{Your password is right. Open your authenticator app and type the six digits it shows for this portal.}}</p>
<form action="/2fa" method="post" class="fw-stack-s" novalidate>
<?cs call:form_head() ?>
<?cs call:hidden("next", Form.F.next.Value) ?>
<?cs call:field(Form.F.code, "", "{{Without your phone at hand: type one of your recovery codes.}}", "one-time-code") ?>
<button type="submit" class="btn btn-primary w-100">{{Continue}}</button>
</form>
<p class="fw-s fw-2 m-0"><a href="/login">{{Log in as somebody else}}</a></p>
</div></section></div>
