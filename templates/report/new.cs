<?cs # frame: app ?>
<?cs # Which data set a new report is over: Reports.Sets.n.{Label,Help,Icon,Href} ?>
<?cs call:head() ?>
<p class="fw-2">{{What is the report about? It shows each reader only what that reader may see.}}</p>
<section class="card" aria-label="{{Data sets}}">
<ul class="list-unstyled m-0 fw-card-b fw-stack"><?cs each:set = Reports.Sets ?><li class="fw-row"><?cs call:icon(set.Icon) ?><span><a class="fw-b" href="<?cs var:set.Href ?>"><?cs var:set.Label ?></a><br><span class="fw-s fw-2"><?cs var:set.Help ?></span></span></li><?cs /each ?></ul>
</section>
