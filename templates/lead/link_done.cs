<?cs # frame: public ?>
<?cs # An offer was answered from its mail: Lead.{Number,Accepted}. ?>
<div class="fw-auth"><section class="card" aria-labelledby="done-h"><div class="fw-card-b fw-stack-s">
<h1 id="done-h"><?cs if:Lead.Accepted ?>{{%s is yours|Lead.Number}}<?cs else ?>{{%s is declined|Lead.Number}}<?cs /if ?></h1>
<p class="m-0"><?cs if:Lead.Accepted ?>{{Who asks is shown in the portal, after you have logged in.}}<?cs else ?>{{The lead goes to somebody else. Thank you for answering.}}<?cs /if ?></p>
<?cs call:button_link("/partner/leads", "{{Your leads}}", "user-star", "primary") ?>
</div></section></div>
