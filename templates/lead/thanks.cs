<?cs # frame: public ?>
<?cs # A question has come in. ?>
<div class="fw-auth"><section class="card" aria-labelledby="thanks-h"><div class="fw-card-b fw-stack-s">
<h1 id="thanks-h">{{Thank you}}</h1>
<p class="m-0">{{Your question has come in. A partner gets in touch with you, as a rule within two working days.}}</p>
<?cs call:button_link("/", "{{Back to the first page}}", "home", "normal") ?>
</div></section></div>
