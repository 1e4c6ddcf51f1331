<?cs # frame: public ?>
<?cs # Log-in, first step.  Reads Form.F.{email,password,next}. ?>
<div class="fw-auth"><section class="card" aria-labelledby="log-in"><div class="fw-card-b fw-stack-s">
<h1 id="log-in">{{Log in}}</h1>
<div class="fw-note" data-tone="info" role="status" data-kept hidden><?cs call:icon("info-circle") ?><p>{{Your session has ended. What you typed is kept in this tab, and back in its form when you are logged in.}}</p></div>
<form action="/login" method="post" class="fw-stack-s" novalidate>
<?cs call:form_head() ?>
<?cs call:hidden("next", Form.F.next.Value) ?>
<?cs call:field(Form.F.email, "", "", "username") ?>
<?cs call:field_password(Form.F.password, "", "", "current-password") ?>
<button type="submit" class="btn btn-primary w-100">{{Log in}}</button>
</form>
<p class="fw-s fw-2 m-0"><a href="/password">{{Forgot your password?}}</a></p>
</div></section></div>
