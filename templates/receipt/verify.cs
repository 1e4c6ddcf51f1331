<?cs # frame: public ?>
<?cs # Anybody checks a receipt.  Reads Form.F.{text,file}; after a check Verdict.{Status,Tone,Title,Text},
     Checks.n.{Name,Status,Detail}, and of one that does not fail States.n.{Label,Value,Code} and
     Proof.{Rows.n.{Name,Hash},At,Ours}. ?>
<?cs def:verify_form() ?><section class="card" aria-labelledby="ask-h"><div class="fw-card-b"><h2 id="ask-h" class="mb-3"><?cs if:Verdict.Title ?>{{Check another}}<?cs else ?>{{The receipt}}<?cs /if ?></h2>
<form action="/verify" method="post" enctype="multipart/form-data" class="fw-stack-s" novalidate>
<?cs call:form_head() ?>
<?cs call:field_rows(Form.F.text, "", "{{The whole file, from the first brace to the salt}}", "10") ?>
<?cs call:field_file(Form.F.file, "", "{{.fairway-receipt, as it was downloaded}}", ".fairway-receipt,.txt,text/plain") ?>
<div class="fw-row"><?cs call:submit("{{Verify}}", "rosette-discount-check", "", "primary") ?><span class="fw-s fw-2">{{Scanning the QR code opens this page.}}</span></div>
</form></div></section><?cs /def ?>
<div class="fw-sec"><div class="fw-wrap">
<h1><?cs var:Page.Title ?></h1>
<p class="fw-lead mb-4">{{Anyone may check. What you paste or upload is checked and not kept.}}</p>
<div class="fw-cols fw-cols-w">
<div class="fw-stack">
<?cs if:Verdict.Title ?>
<div id="result" class="fw-verdict" data-tone="<?cs var:Verdict.Tone ?>" role="status"><h2 class="fw-row"><?cs call:status(Verdict.Status) ?> <?cs var:Verdict.Title ?></h2><p><?cs var:Verdict.Text ?></p></div>
<?cs if:Verdict.Tone == "bad" ?>
<?cs call:card_begin("do", "{{What to do}}") ?>
<ul class="m-0"><li>{{Use the file as you received it. Copying from a mail or a PDF often drops a line.}}</li><li>{{If you are the one who submitted, download it again from the record.}}</li></ul>
<?cs call:card_end() ?>
<?cs /if ?>
<?cs if:subcount(States) ?>
<?cs call:card_begin("states", "{{What the receipt states}}") ?>
<dl class="fw-dl"><?cs each:row = States ?><dt><?cs var:row.Label ?></dt><dd<?cs if:row.Code ?> class="fw-code"<?cs /if ?>><?cs var:row.Value ?></dd><?cs /each ?></dl>
<p class="fw-s fw-2 mt-3 mb-0">{{It does not name the end customer. Whoever holds the salt and the submitted content can prove that they belong to this hash.}}</p>
<?cs call:card_end() ?>
<?cs /if ?>
<?cs call:card_table_begin("checks", "{{Checks}}") ?>
<table class="fw-table fw-stackable"><caption class="visually-hidden">{{What was checked}}</caption><thead><tr><th scope="col">{{Check}}</th><th scope="col">{{Result}}</th><th scope="col">{{Detail}}</th></tr></thead><tbody><?cs each:check = Checks ?><tr><th scope="row"><?cs var:check.Name ?></th><td data-label="{{Result}}"><?cs call:status(check.Status) ?></td><td data-label="{{Detail}}"><?cs var:check.Detail ?></td></tr><?cs /each ?></tbody></table>
<?cs call:card_table_end() ?>
<?cs if:subcount(Proof.Rows) ?>
<section class="card" aria-labelledby="proof-h"><div class="fw-card-h"><h2 class="fw-h2" id="proof-h">{{Proof of inclusion}}</h2></div>
<div class="fw-card-b"><p>{{With these values anyone can compute the head of the log from the receipt, without trusting this page.}}<?cs if:Proof.At.Text ?> {{Added to the log: %s|Proof.At.Text}}<?cs /if ?></p>
<?cs if:Proof.Ours ?><p>{{The receipt came without a proof; this one was taken from the log just now.}}</p><?cs /if ?>
<table class="fw-table fw-stackable"><caption class="visually-hidden">{{Path from the receipt to the head}}</caption><thead><tr><th scope="col">{{Step}}</th><th scope="col">{{Hash}}</th></tr></thead><tbody><?cs each:row = Proof.Rows ?><tr><th scope="row"><?cs var:row.Name ?></th><td data-label="{{Hash}}"><span class="fw-code"><?cs var:row.Hash ?></span></td></tr><?cs /each ?></tbody></table></div>
<div class="fw-card-f"><div class="fw-row"><a href="/verify/log/checkpoint" download="checkpoint.txt">{{Signed head}}</a><a href="/verify/log/keys" download="keys.txt">{{Public keys}}</a></div></div></section>
<?cs /if ?>
<?cs else ?>
<?cs call:verify_form() ?>
<?cs /if ?>
</div>
<div class="fw-stack">
<?cs if:Verdict.Title ?><?cs call:verify_form() ?><?cs else ?>
<?cs call:note("neutral", "{{A receipt proves what was received and decided, and when. Partners get one for every registration and every decision.}}") ?>
<p class="fw-s fw-2 m-0"><a href="/verify/log/checkpoint" download="checkpoint.txt">{{Signed head}}</a> · <a href="/verify/log/keys" download="keys.txt">{{Public keys}}</a></p>
<?cs /if ?>
</div></div></div></div>
