<?cs # frame: public ?>
<?cs # A link of a mail that has ended, or never was: one answer for all. ?>
<div class="fw-auth"><section class="card" aria-labelledby="dead-h"><div class="fw-card-b fw-stack-s">
<h1 id="dead-h">{{This link no longer works}}</h1>
<p class="m-0">{{Links in mails work for 90 days. What you are told by mail you choose in the portal, under Notifications.}}</p>
<?cs call:button_link("/login", "{{Log in}}", "", "primary") ?>
</div></section></div>
