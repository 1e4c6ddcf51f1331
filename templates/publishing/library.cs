<?cs # frame: app ?>
<?cs # What the vendor has for this partner: Library.IsFiltered, .Rows.n.{Name,Text,Category,Language,Line,Size,Version,Href,IsNew,At}; List ?>
<?cs call:head() ?>
<?cs call:list_filters(List) ?>
<section class="card" aria-label="{{Documents}}">
<?cs if:subcount(Library.Rows) ?><table class="fw-table fw-stackable fw-table-hover"><caption class="visually-hidden">{{Documents, newest first}}</caption><thead><tr><?cs call:th("{{Document}}", "") ?><?cs call:th("{{Category}}", "") ?><?cs call:th("{{Language}}", "") ?><?cs call:th("{{Version}}", "") ?><?cs call:th_actions() ?></tr></thead><tbody>
<?cs each:row = Library.Rows ?><tr><th scope="row"><span><?cs var:row.Name ?><?cs if:row.IsNew ?> <span class="fw-status" data-tone="info"><?cs call:icon_s("sparkles") ?>{{Just published}}</span><?cs /if ?><?cs if:row.Text ?><br><span class="fw-s fw-2"><?cs var:row.Text ?></span><?cs /if ?></span></th><td data-label="{{Category}}"><span><?cs var:row.Category ?><?cs if:row.Line ?><br><span class="fw-s fw-2"><?cs var:row.Line ?></span><?cs /if ?></span></td><td data-label="{{Language}}"><?cs var:row.Language ?></td><td data-label="{{Version}}"><span><?cs var:row.Version ?><br><span class="fw-s fw-2"><?cs var:row.At ?> · <?cs var:row.Size ?></span></span></td><td><?cs if:row.Href ?><a class="btn fw-btn btn-sm" href="<?cs var:row.Href ?>" download><?cs call:icon("download") ?>{{Download}}<span class="visually-hidden">: <?cs var:row.Name ?></span></a><?cs else ?><span class="fw-s fw-2">{{Being checked for viruses}}</span><?cs /if ?></td></tr>
<?cs /each ?></tbody></table><?cs call:list_foot(List) ?>
<?cs elif:Library.IsFiltered ?><?cs call:list_none(List, "{{No documents here}}") ?>
<?cs else ?><?cs call:empty("books", "{{No documents yet}}", "{{Data sheets, slides and price lists for your company stand here.}}", "", "") ?><?cs /if ?>
</section>
