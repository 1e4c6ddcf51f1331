<?cs # frame: public ?>
<?cs # Sets a password by the link of a mail.  Reads Link.{Email,Factor}, Form.F.password. ?>
<div class="fw-auth"><section class="card" aria-labelledby="new-h"><div class="fw-card-b fw-stack-s">
<h1 id="new-h">{{Choose a new password}}</h1>
<p class="fw-2 m-0">{{For %s. Whoever is logged in with the old one is logged out.|Link.Email}}</p>
<form action="<?cs var:Page.Path ?>" method="post" class="fw-stack-s" novalidate>
<?cs call:form_head() ?>
<input type="email" name="username" value="<?cs var:Link.Email ?>" autocomplete="username" hidden disabled>
<?cs call:field_password(Form.F.password, "", "{{8 characters or more; any signs, also spaces.}}", "new-password") ?>
<button type="submit" class="btn btn-primary w-100">{{Set the password}}</button>
</form>
<?cs if:Link.Factor ?><p class="fw-s fw-2 m-0">{{You will log in with it and with your second factor.}}</p><?cs /if ?>
</div></section></div>
