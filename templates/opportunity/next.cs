<?cs # frame: app ?>
<?cs # What the visitor does next: Next.{Tabs.n,File}, Next.Steps.n.{Day,Late,Today,Step,Number,Href,Name,Customer}. ?>
<?cs call:head_begin() ?>
<a class="btn fw-btn" href="<?cs var:Next.File ?>" download><?cs call:icon("download") ?>{{For my calendar}}</a>
<?cs call:head_end() ?>
<?cs call:tabs(Next.Tabs, "{{Ways to look at opportunities}}") ?>
<?cs if:subcount(Next.Steps) ?><section class="card" aria-label="{{My next steps}}"><table class="fw-table fw-stackable fw-table-hover"><caption class="visually-hidden">{{My next steps}}</caption><thead><tr><th scope="col">{{Day}}</th><th scope="col">{{Next step}}</th><th scope="col">{{Opportunity}}</th><th scope="col">{{End customer}}</th></tr></thead><tbody><?cs each:row = Next.Steps ?><tr><th scope="row" class="fw-nowrap"><span><?cs var:row.Day ?><?cs if:row.Late ?><br><span class="fw-clock" data-tone="bad"><?cs call:icon_s("clock") ?>{{past}}</span><?cs elif:row.Today ?><br><span class="fw-clock" data-tone="wait"><?cs call:icon_s("clock") ?>{{today}}</span><?cs /if ?></span></th><td data-label="{{Next step}}"><?cs var:row.Step ?></td><td data-label="{{Opportunity}}"><span><a class="fw-id" href="<?cs var:row.Href ?>"><?cs var:row.Number ?></a><br><?cs var:row.Name ?></span></td><td data-label="{{End customer}}"><?cs var:row.Customer ?></td></tr><?cs /each ?></tbody></table></section>
<?cs else ?><section class="card" aria-label="{{My next steps}}"><?cs call:empty("calendar", "{{Nothing is planned}}", "{{The next steps of open opportunities that you own stand here, by day.}}", "", "") ?></section><?cs /if ?>
