<?cs # frame: app ?>
<?cs # A list of users.  Reads List, Users.n.{Name,Email,Account,Roles,Status,Seen,Href}, ShowAccount, MayManage, New, Files.{Csv,Xlsx}. ?>
<?cs call:head_begin() ?><?cs call:list_export(Files) ?><?cs if:MayManage ?><?cs call:button_link(New, "{{Invite a person}}", "user-plus", "primary") ?><?cs /if ?><?cs call:head_end() ?>
<?cs call:list_views(List) ?>
<?cs call:list_filters(List) ?>
<section class="card" aria-label="{{Users}}">
<?cs if:List.Empty && List.Clear ?><?cs call:list_none(List, "{{No users fit}}") ?>
<?cs elif:List.Empty ?><?cs if:MayManage ?><?cs call:empty("users", "{{No users yet}}", "{{Invite the people who are to work with the portal.}}", New, "{{Invite a person}}") ?><?cs else ?><?cs call:empty("users", "{{No users yet}}", "{{An administrator can invite people.}}", "", "") ?><?cs /if ?>
<?cs else ?>
<table class="fw-table fw-stackable fw-table-hover"><caption class="visually-hidden">{{Users}}</caption>
<thead><tr><?cs call:list_th(List.Sort.name, "{{Name}}", "") ?><?cs if:ShowAccount ?><?cs call:th("{{Account}}", "") ?><?cs /if ?><?cs call:th("{{Roles}}", "") ?><?cs call:th("{{Status}}", "") ?><?cs call:th("{{Last log-in}}", "") ?></tr></thead>
<tbody><?cs each:row = Users ?><tr>
<th scope="row"><a href="<?cs var:row.Href ?>"><?cs var:row.Name ?></a><br><span class="fw-s fw-2"><?cs var:row.Email ?></span></th>
<?cs if:ShowAccount ?><td data-label="{{Account}}"><?cs var:row.Account ?></td><?cs /if ?>
<td data-label="{{Roles}}"><?cs var:row.Roles ?></td>
<td data-label="{{Status}}"><?cs call:status(row.Status) ?></td>
<td data-label="{{Last log-in}}"><?cs if:row.Seen.Text ?><?cs call:at(row.Seen) ?><?cs else ?>{{never}}<?cs /if ?></td>
</tr><?cs /each ?></tbody></table>
<?cs call:list_foot(List) ?>
<?cs /if ?>
</section>
