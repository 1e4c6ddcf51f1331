<?cs # frame: app ?>
<?cs # The history of one record: Events, List, Chain.{Tone,Text}, RecordHref. ?>
<?cs call:head_begin() ?><?cs if:WhoHref ?><?cs call:button_link(WhoHref, "{{Who sees it}}", "eye", "normal") ?><?cs /if ?><?cs if:RecordHref ?><?cs call:button_link(RecordHref, "{{Open the record}}", "arrow-right", "normal") ?><?cs /if ?><?cs call:head_end() ?>
<div class="mb-3"><?cs call:note(Chain.Tone, Chain.Text) ?></div>
<section class="card" aria-label="{{Events}}"><table class="fw-table fw-stackable"><caption class="visually-hidden">{{Events, newest first}}</caption><thead><tr><?cs call:th("{{Place}}", "num") ?><?cs call:th("{{Event}}", "") ?><?cs call:th("{{When}}", "") ?><?cs call:th("{{Person}}", "") ?><?cs call:th("{{What changed}}", "") ?></tr></thead><tbody>
<?cs each:e = Events ?><tr><td class="num" data-label="{{Place}}"><?cs var:e.Seq ?></td><th scope="row"><span><?cs var:e.Word ?><?cs if:e.Word != e.Action ?><br><span class="fw-code fw-2"><?cs var:e.Action ?></span><?cs /if ?></span></th><td class="fw-nowrap" data-label="{{When}}"><?cs call:at(e.At) ?></td><td data-label="{{Person}}"><?cs call:event_who(e) ?></td><td data-label="{{What changed}}"><?cs call:event_changes(e) ?></td></tr>
<?cs /each ?></tbody></table><?cs call:list_foot(List) ?></section>
