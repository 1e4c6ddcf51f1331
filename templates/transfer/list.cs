<?cs # frame: app ?>
<?cs # Imports: Imports.Rows.n.{Number,Href,File,Set,Who,At,Count,Made,Status}; List ?>
<?cs call:head_begin() ?><?cs call:button_link("/staff/imports/new", "{{New import}}", "upload", "primary") ?><?cs call:head_end() ?>
<section class="card" aria-label="{{Imports}}">
<?cs if:subcount(Imports.Rows) ?><table class="fw-table fw-stackable fw-table-hover"><caption class="visually-hidden">{{Imports, newest first}}</caption><thead><tr><?cs call:th("{{Import}}", "") ?><?cs call:th("{{What is in it}}", "") ?><?cs call:th("{{Who}}", "") ?><?cs call:th("{{Rows}}", "num") ?><?cs call:th("{{Written}}", "num") ?><?cs call:th("{{Status}}", "") ?></tr></thead><tbody>
<?cs each:row = Imports.Rows ?><tr><th scope="row"><span><a class="fw-id" href="<?cs var:row.Href ?>"><?cs var:row.Number ?></a><br><span class="fw-s fw-2"><?cs var:row.File ?></span></span></th><td data-label="{{What is in it}}"><?cs var:row.Set ?></td><td data-label="{{Who}}"><span><?cs var:row.Who ?> · <?cs call:at(row.At) ?></span></td><td class="num" data-label="{{Rows}}"><?cs var:row.Count ?></td><td class="num" data-label="{{Written}}"><?cs var:row.Made ?></td><td data-label="{{Status}}"><?cs call:status(row.Status) ?></td></tr>
<?cs /each ?></tbody></table><?cs call:list_foot(List) ?>
<?cs else ?><?cs call:empty("upload", "{{No imports yet}}", "{{Bring records as a CSV or XLSX file: every row is checked before anything is written, and all of it can be taken back.}}", "/staff/imports/new", "{{New import}}") ?><?cs /if ?>
</section>
