<?cs # frame: public ?>
<?cs # A link that was used, has ended, or never was: one answer for all. ?>
<div class="fw-auth"><section class="card" aria-labelledby="dead-h"><div class="fw-card-b fw-stack-s">
<h1 id="dead-h">{{This link no longer works}}</h1>
<p class="m-0">{{The lead was answered already, went to somebody else, or the link is not whole. In the portal you see how it stands.}}</p>
<?cs call:button_link("/partner/leads", "{{Your leads}}", "user-star", "primary") ?>
</div></section></div>
