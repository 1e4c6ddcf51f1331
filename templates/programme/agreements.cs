<?cs # frame: app ?>
<?cs # Agreements.MayEdit, Agreements.Rows.n.{Id,Href,Title,Who,Status,Published} ?>
<?cs call:head_begin() ?><?cs if:Agreements.MayEdit ?><?cs call:button_link("/staff/agreements/new", "{{New version}}", "plus", "primary") ?><?cs /if ?><?cs call:head_end() ?>
<section class="card" aria-label="{{Versions of the agreement}}">
<?cs if:subcount(Agreements.Rows) ?><table class="fw-table fw-stackable fw-table-hover"><caption class="visually-hidden">{{Versions of the agreement, newest first}}</caption><thead><tr><th scope="col">{{Version}}</th><th scope="col">{{Title}}</th><th scope="col">{{Status}}</th><th scope="col">{{Published}}</th></tr></thead><tbody>
<?cs each:row = Agreements.Rows ?><tr><th scope="row"><a href="<?cs var:row.Href ?>" class="tnum"><?cs var:row.Id ?></a></th><td data-label="{{Title}}"><?cs var:row.Title ?></td><td data-label="{{Status}}"><?cs call:status(row.Status) ?></td><td data-label="{{Published}}"><?cs if:row.Published.Text ?><?cs call:at(row.Published) ?>, <?cs var:row.Who ?><?cs else ?>–<?cs /if ?></td></tr><?cs /each ?></tbody></table>
<?cs elif:Agreements.MayEdit ?><?cs call:empty("writing-sign", "{{No agreement yet}}", "{{New partners accept the newest published version before anything else.}}", "/staff/agreements/new", "{{New version}}") ?>
<?cs else ?><?cs call:empty("writing-sign", "{{No agreement yet}}", "{{New partners accept the newest published version before anything else.}}", "", "") ?><?cs /if ?>
</section>
