<?cs # frame: public ?>
<?cs # A link that was used, has ended, or never was: one answer for all. ?>
<div class="fw-auth"><section class="card" aria-labelledby="dead-h"><div class="fw-card-b fw-stack-s">
<h1 id="dead-h">{{This link no longer works}}</h1>
<p class="m-0">{{A link works once and for a limited time. Ask for a new one; if you were invited, ask the person who invited you.}}</p>
<?cs call:button_link("/password", "{{Ask for a new link}}", "", "primary") ?>
<p class="fw-s fw-2 m-0"><a href="/login">{{Back to the log-in}}</a></p>
</div></section></div>
