<?cs # frame: app ?>
<?cs # The mails that the portal sent or is to send: Rows.n.{Href,Subject,Name,Address,State,Created,Sent}; List ?>
<?cs call:head() ?>
<?cs call:list_views(List) ?>
<?cs call:list_filters(List) ?>
<section class="card" aria-label="{{Mails}}">
<?cs if:subcount(Rows) ?><table class="fw-table fw-stackable fw-table-hover"><caption class="visually-hidden">{{Mails, newest first}}</caption><thead><tr><?cs call:th("{{Subject}}", "") ?><?cs call:th("{{To}}", "") ?><?cs call:th("{{Status}}", "") ?><?cs call:th("{{Written on}}", "") ?><?cs call:th("{{Sent on}}", "") ?></tr></thead><tbody>
<?cs each:row = Rows ?><tr><th scope="row"><a href="<?cs var:row.Href ?>"><?cs var:row.Subject ?></a></th><td data-label="{{To}}"><span><?cs if:row.Name ?><?cs var:row.Name ?><br><?cs /if ?><span class="fw-s fw-2"><?cs var:row.Address ?></span></span></td><td data-label="{{Status}}"><?cs call:status(row.State) ?></td><td class="fw-nowrap" data-label="{{Written on}}"><?cs call:at(row.Created) ?></td><td class="fw-nowrap" data-label="{{Sent on}}"><?cs if:row.Sent.Text ?><?cs call:at(row.Sent) ?><?cs else ?>–<?cs /if ?></td></tr>
<?cs /each ?></tbody></table><?cs call:list_foot(List) ?>
<?cs elif:List.Clear ?><?cs call:list_none(List, "{{No mails fit}}") ?>
<?cs else ?><?cs call:empty("mail", "{{No mails}}", "{{Every mail that the portal writes stands here, also where no mail server is set up.}}", "", "") ?><?cs /if ?>
</section>
