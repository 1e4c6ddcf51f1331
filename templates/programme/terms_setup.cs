<?cs # frame: app ?>
<?cs # Protection by tier and type of deal: Terms.{MayEdit,Default.{Text,Href,Cells.n.{Label,Text}}}, .Rows.n.{Name,Href,Cells.n.{Label,Text}} ?>
<?cs def:term_cells(t) ?><?cs each:c = t.Cells ?><td class="num" data-label="<?cs var:c.Label ?>"><?cs var:c.Text ?></td><?cs /each ?><?cs /def ?>
<?cs call:head_begin() ?><?cs call:button_link("/staff/setup/programme/tiers", "{{Tiers}}", "award", "normal") ?><?cs call:head_end() ?>
<p class="fw-2">{{For so many days an approved registration keeps its customer for the partner, and with so much discount, by the partner’s tier at the approval and the type of the deal; what was approved before stays as it is.}}</p>
<section class="card" aria-label="{{Protection and deal discount}}"><table class="fw-table fw-stackable fw-table-hover"><caption class="visually-hidden">{{Days of protection and deal discount, by tier and type of deal}}</caption><thead><tr><th scope="col">{{Tier}}</th><?cs each:c = Terms.Default.Cells ?><th scope="col" class="num"><?cs var:c.Label ?></th><?cs /each ?></tr></thead><tbody>
<tr><th scope="row"><?cs if:Terms.Default.Href ?><a href="<?cs var:Terms.Default.Href ?>">{{Default, where nothing is set}}</a><?cs else ?>{{Default, where nothing is set}}<?cs /if ?></th><?cs call:term_cells(Terms.Default) ?></tr>
<?cs each:t = Terms.Rows ?><tr><th scope="row"><?cs if:Terms.MayEdit ?><a href="<?cs var:t.Href ?>"><?cs var:t.Name ?></a><?cs else ?><?cs var:t.Name ?><?cs /if ?></th><?cs call:term_cells(t) ?></tr>
<?cs /each ?></tbody></table></section>
