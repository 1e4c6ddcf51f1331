<?cs # frame: public ?>
<?cs # Asks for a reset link.  Reads Form.F.email. ?>
<div class="fw-auth"><section class="card" aria-labelledby="reset-h"><div class="fw-card-b fw-stack-s">
<h1 id="reset-h">{{Forgot your password?}}</h1>
<p class="fw-2 m-0">{{Type the address you log in with. We send you a link that works for 60 minutes.}}</p>
<form action="/password" method="post" class="fw-stack-s" novalidate>
<?cs call:form_head() ?>
<?cs call:field(Form.F.email, "", "", "username") ?>
<button type="submit" class="btn btn-primary w-100">{{Send the link}}</button>
</form>
<p class="fw-s fw-2 m-0"><a href="/login">{{Back to the log-in}}</a></p>
</div></section></div>
