<?cs # frame: none ?>
<?cs # What may be told of each product line: Deal.Verdict.{Tone,Icon,Title,Look,At,Own}, .Lines.n.{Name,Look}; also a part of edit.cs. ?>
<?cs if:Deal.Verdict.Tone ?><div class="fw-verdict" data-tone="<?cs var:Deal.Verdict.Tone ?>"><h3><?cs call:icon(Deal.Verdict.Icon) ?><?cs var:Deal.Verdict.Title ?></h3>
<?cs if:Deal.Verdict.Look ?><p>{{This customer may already be registered. You can submit; a person decides, and nobody is told about you.}}</p><?cs else ?><p>{{Submit now and you are first in line.}}</p><?cs /if ?>
<ul class="list-unstyled mt-2 mb-0"><?cs each:line = Deal.Verdict.Lines ?><li><strong><?cs var:line.Name ?></strong>: <?cs if:line.Look ?>{{a person will look}}<?cs else ?>{{free to submit}}<?cs /if ?></li><?cs /each ?></ul>
<?cs if:Deal.Verdict.Own ?><p>{{Your company has an open registration of this customer: %s.|Deal.Verdict.Own}}</p><?cs /if ?>
<p class="fw-s fw-2">{{Checked %s|Deal.Verdict.At}}</p></div>
<?cs else ?><div class="fw-verdict" data-tone="neutral"><h3><?cs call:icon("search") ?>{{Not checked yet}}</h3><p>{{Company, country and a product line are enough. Save the draft to check.}}</p></div><?cs /if ?>
