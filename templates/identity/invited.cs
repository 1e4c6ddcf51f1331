<?cs # frame: public ?>
<?cs # Accepts an invitation.  Reads Link.{Email,Account,Factor}, Form.F.{name,password,language}. ?>
<div class="fw-auth"><section class="card" aria-labelledby="invited-h"><div class="fw-card-b fw-stack-s">
<h1 id="invited-h">{{Welcome: choose your password}}</h1>
<p class="fw-2 m-0">{{You were invited by %1$s. You will log in as %2$s.|Link.Account|Link.Email}}</p>
<form action="<?cs var:Page.Path ?>" method="post" class="fw-stack-s" novalidate>
<?cs call:form_head() ?>
<?cs call:field(Form.F.name, "", "", "name") ?>
<?cs call:field_password(Form.F.password, "", "{{8 characters or more; any signs, also spaces.}}", "new-password") ?>
<?cs call:field(Form.F.language, "", "", "") ?>
<button type="submit" class="btn btn-primary w-100">{{Begin}}</button>
</form>
<?cs if:Link.Factor ?><p class="fw-s fw-2 m-0">{{Next you set up a second factor: have your phone at hand.}}</p><?cs /if ?>
</div></section></div>
