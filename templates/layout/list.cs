<?cs # Lists: views, filters, heads that sort, paging by key.  L is List as README.md describes it. ?>

<?cs def:list_views(l) ?><?cs if:subcount(l.Views) ?><nav aria-label="{{Views}}" class="mb-3"><ul class="fw-chips fw-views"><?cs each:view = l.Views ?><li><a class="fw-chip" href="<?cs var:view.Href ?>"<?cs if:view.Current ?> aria-current="page"<?cs /if ?>><?cs var:view.Label ?><?cs call:count(view.Count) ?></a></li><?cs /each ?></ul></nav><?cs /if ?><?cs /def ?>

<?cs # A GET form: the address is the view.  On a phone the selects are a drawer. ?>
<?cs def:list_filters(l) ?><?cs if:l.Search.Name || subcount(l.Filters) ?><form action="<?cs var:l.Action ?>" method="get" class="fw-filters mb-3"><?cs each:keep = l.Keep ?><input type="hidden" name="<?cs var:keep.Name ?>" value="<?cs var:keep.Value ?>"><?cs /each ?>
<?cs if:l.Search.Name ?><div class="fw-search"><?cs call:icon("search") ?><label class="visually-hidden" for="list-q"><?cs var:l.Search.Label ?></label><input class="form-control" id="list-q" name="<?cs var:l.Search.Name ?>" type="search" value="<?cs var:l.Search.Value ?>" placeholder="<?cs var:l.Search.Label ?>"></div><?cs /if ?>
<?cs if:subcount(l.Filters) ?><button class="btn fw-btn fw-facets-b" type="button" popovertarget="list-facets"><?cs call:icon("filter") ?>{{Filters}}</button><div class="fw-facets fw-row" id="list-facets" popover><?cs each:filter = l.Filters ?><?cs uvar:filter.FieldHtml ?><?cs /each ?><button type="submit" class="btn fw-btn">{{Apply}}</button><?cs if:l.Clear ?><a class="fw-s" href="<?cs var:l.Clear ?>">{{Clear filters}}</a><?cs /if ?></div><?cs else ?><button type="submit" class="btn fw-btn">{{Search}}</button><?cs /if ?></form><?cs /if ?><?cs /def ?>

<?cs def:list_th(sort, label, class) ?><th scope="col"<?cs if:class ?> class="<?cs var:class ?>"<?cs /if ?><?cs if:sort.Dir ?> aria-sort="<?cs var:sort.Dir ?>"<?cs /if ?>><?cs if:sort.Href ?><a class="fw-sort" href="<?cs var:sort.Href ?>"><?cs var:label ?><?cs if:sort.Dir == "ascending" ?><?cs call:icon_s("arrow-up") ?><?cs elif:sort.Dir == "descending" ?><?cs call:icon_s("arrow-down") ?><?cs /if ?></a><?cs else ?><?cs var:label ?><?cs /if ?></th><?cs /def ?>
<?cs def:th(label, class) ?><th scope="col"<?cs if:class ?> class="<?cs var:class ?>"<?cs /if ?>><?cs var:label ?></th><?cs /def ?>
<?cs # Head of a column of buttons. ?>
<?cs def:th_actions() ?><th scope="col"><span class="visually-hidden">{{Actions}}</span></th><?cs /def ?>

<?cs def:list_foot(l) ?><?cs if:l.Summary || l.Older || l.Newer ?><div class="fw-card-f fw-row fw-between"><span class="fw-2"><?cs var:l.Summary ?></span><?cs if:l.Older || l.Newer ?><nav class="fw-row" aria-label="{{Pages}}"><?cs if:l.Newer ?><a class="btn fw-btn btn-sm" href="<?cs var:l.Newer ?>" rel="prev"><?cs call:icon("chevron-left") ?>{{Newer}}</a><?cs /if ?><?cs if:l.Older ?><a class="btn fw-btn btn-sm" href="<?cs var:l.Older ?>" rel="next">{{Older}}<?cs call:icon("chevron-right") ?></a><?cs /if ?></nav><?cs /if ?></div><?cs /if ?><?cs /def ?>

<?cs # What the filters show, as a file: V.Csv and V.Xlsx are addresses, "" for who may not. ?>
<?cs def:list_export(v) ?><?cs if:v.Csv ?><a class="btn fw-btn fw-hide-s" href="<?cs var:v.Csv ?>" download><?cs call:icon("download") ?><span class="visually-hidden">{{Export}}</span> {{CSV}}</a><a class="btn fw-btn fw-hide-s" href="<?cs var:v.Xlsx ?>" download><?cs call:icon("table-export") ?><span class="visually-hidden">{{Export}}</span> {{XLSX}}</a><?cs /if ?><?cs /def ?>

<?cs # Empty because of filters: names them and offers to remove each. ?>
<?cs def:list_none(l, label) ?><div class="fw-empty"><?cs call:icon("filter") ?><h2><?cs var:label ?></h2><p>{{Nothing fits these filters. Remove one, or look at all.}}</p><?cs if:subcount(l.Active) ?><ul class="fw-chips"><?cs each:active = l.Active ?><li><a class="fw-chip" href="<?cs var:active.Href ?>"><?cs var:active.Label ?><?cs call:icon_s("x") ?><span class="visually-hidden">{{Remove this filter}}</span></a></li><?cs /each ?></ul><?cs /if ?><?cs if:l.Clear ?><?cs call:button_link(l.Clear, "{{Clear filters}}", "", "primary") ?><?cs /if ?></div><?cs /def ?>
