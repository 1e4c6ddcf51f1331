<?cs # frame: app ?>
<?cs # Staff's list: Library.{MayEdit,IsFiltered}, .Rows.n.{Name,Href,Category,Language,For,Version,Updated}; List ?>
<?cs call:head_begin() ?><?cs if:Library.MayEdit ?><?cs call:button_link("/staff/library/new", "{{New document}}", "plus", "primary") ?><?cs /if ?><?cs call:head_end() ?>
<?cs call:list_views(List) ?>
<?cs call:list_filters(List) ?>
<section class="card" aria-label="{{Documents}}">
<?cs if:subcount(Library.Rows) ?><table class="fw-table fw-stackable fw-table-hover"><caption class="visually-hidden">{{Documents, last changed first}}</caption><thead><tr><?cs call:th("{{Document}}", "") ?><?cs call:th("{{Category}}", "") ?><?cs call:th("{{Language}}", "") ?><?cs call:th("{{For}}", "") ?><?cs call:th("{{Version}}", "num") ?><?cs call:th("{{Changed}}", "") ?></tr></thead><tbody>
<?cs each:row = Library.Rows ?><tr><th scope="row"><a href="<?cs var:row.Href ?>"><?cs var:row.Name ?></a></th><td data-label="{{Category}}"><?cs var:row.Category ?></td><td data-label="{{Language}}"><?cs var:row.Language ?></td><td data-label="{{For}}"><?cs var:row.For ?></td><td class="num" data-label="{{Version}}"><?cs var:row.Version ?></td><td data-label="{{Changed}}"><?cs call:at(row.Updated) ?></td></tr>
<?cs /each ?></tbody></table><?cs call:list_foot(List) ?>
<?cs elif:Library.IsFiltered ?><?cs call:list_none(List, "{{No documents here}}") ?>
<?cs elif:Library.MayEdit ?><?cs call:empty("books", "{{No documents here}}", "{{Partners find here what you publish for them, each in its newest version.}}", "/staff/library/new", "{{New document}}") ?>
<?cs else ?><?cs call:empty("books", "{{No documents here}}", "{{Partners find here what you publish for them, each in its newest version.}}", "", "") ?><?cs /if ?>
</section>
