<?cs # frame: public ?>
<?cs # Recovery codes, shown this once.  Reads Factor.Codes.n.Code, Next. ?>
<div class="fw-auth"><section class="card" aria-labelledby="codes-h"><div class="fw-card-b fw-stack-s">
<h1 id="codes-h">{{Your recovery codes}}</h1>
<p class="m-0">{{Each of them works once, when your phone is not at hand. They are shown only now: print them, or keep them where you keep passwords.}}</p>
<ol class="fw-code fw-codes"><?cs each:code = Factor.Codes ?><li><?cs var:code.Code ?></li><?cs /each ?></ol>
<?cs call:button_link(Next, "{{I have kept them; continue}}", "", "primary") ?>
</div></section></div>
