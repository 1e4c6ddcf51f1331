// A company's way into the portal: it applies, is reviewed, accepts the agreement, and invites its own sales person.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { close, faultsOf, linkMailedBy, open, openAs } from './portal.mjs';

const STAFF = 'claire.bennett@halden.example';
const PASSWORD = 'copper-meadow-73-sail';
const OWNER = 'mette.lund@havgaard.example', SELLER = 'kasper.friis@havgaard.example';

async function apply(page) {
    await page.goto('/apply');
    await page.locator('[name=company_name]').fill('Havgaard Edge ApS');
    await page.locator('[name=country]').selectOption('DK');
    await page.locator('[name=website]').fill('www.havgaard.example');
    await page.locator('[name=contact_name]').fill('Mette Lund');
    await page.locator('[name=email]').fill(OWNER);
    await page.locator('[name=consent]').check();
}

async function begin(link) {
    const page = await open(link);
    await page.locator('[name=password]').fill(PASSWORD);
    await page.getByRole('button', { name: 'Begin' }).click();
    return page;
}

test('a company applies, is reviewed, accepts the agreement and invites its sales person', async () => {
    const guest = await open('/', { script: false });
    await guest.getByRole('link', { name: /^Become a partner/ }).first().click();
    await apply(guest);
    await guest.getByRole('button', { name: 'Send the application' }).click();
    assert.equal(await guest.locator('#answer-0').getAttribute('aria-invalid'), 'true');
    assert.equal(await guest.locator('[name=company_name]').inputValue(), 'Havgaard Edge ApS');
    for (let place = 0; place < 3; place++)
        await guest.locator(`#answer-${place}`).fill('Edge servers for harbours, 12 people.');
    await guest.locator('[name=files]').setInputFiles({ name: 'register.txt', mimeType: 'text/plain', buffer: Buffer.from('CVR 4411') });
    await guest.getByRole('button', { name: 'Send the application' }).click();
    assert.equal(new URL(guest.url()).pathname, '/apply/done');
    await close(guest);

    const staff = await openAs(STAFF, '/staff/applications');
    await staff.getByRole('row', { name: /Havgaard Edge ApS/ }).getByRole('link').click();
    assert.ok(await staff.getByRole('link', { name: 'register.txt' }).isVisible());
    await staff.getByRole('button', { name: 'Take it' }).click();
    const invitation = await linkMailedBy(OWNER, () => staff.getByRole('button', { name: 'Accept and invite' }).click());
    await staff.getByRole('link', { name: 'Havgaard Edge ApS' }).click();
    assert.ok(await staff.getByText('Agreement open').first().isVisible());
    await close(staff);

    const owner = await begin(invitation);
    assert.equal((await owner.goto('/partner/deals')).status(), 404);
    owner.complaints.splice(0);
    await owner.goto('/partner/');
    await owner.locator('.fw-banner').getByRole('link').click();
    await owner.locator('[name=agree]').check();
    await owner.getByRole('button', { name: 'Accept', exact: true }).click();
    assert.ok(await owner.getByRole('heading', { name: 'What is to be done' }).isVisible());
    assert.deepEqual(await faultsOf(owner), []);

    const link = await linkMailedBy(SELLER, async () => {
        await owner.goto('/partner/users/new');
        await owner.locator('[name=email]').fill(SELLER);
        await owner.locator('[name=name]').fill('Kasper Friis');
        await owner.getByRole('checkbox', { name: /^Sales/ }).check();
        await owner.getByRole('button', { name: 'Send the invitation' }).click();
    });
    const seller = await begin(link);
    assert.equal(new URL(seller.url()).pathname, '/partner/');
    assert.equal(await seller.locator('a[href="/partner/deals/new"]').count(), 0);
    await close(seller);
    await close(owner);
});

test('a partner’s administrator gives only what the vendor allows', async () => {
    const staff = await openAs(STAFF, '/staff/partners/1009');
    await staff.getByRole('checkbox', { name: 'Only these roles may be given' }).check();
    await staff.getByRole('checkbox', { name: 'Sales', exact: true }).check();
    await staff.getByRole('checkbox', { name: 'Administrator', exact: true }).check();
    await staff.locator('form[action$="/limits"] button').click();
    const page = await openAs('luis.herrera@caldera-integration.example', '/partner/users/new');
    assert.equal(await page.getByRole('checkbox', { name: /^Sales/ }).count(), 1);
    assert.equal(await page.getByRole('checkbox', { name: /^Finance/ }).count(), 0);
    assert.deepEqual(await faultsOf(page), []);
    await staff.getByRole('checkbox', { name: 'Only these roles may be given' }).uncheck();
    await staff.locator('form[action$="/limits"] button').click();
    await page.reload();
    assert.equal(await page.getByRole('checkbox', { name: /^Finance/ }).count(), 1);
    await close(page);
    await close(staff);
});

test('staff ask a new question, and see what another requirement does before it is stored', async () => {
    const staff = await openAs(STAFF, '/staff/partners');
    await staff.getByRole('link', { name: 'Set up' }).click();
    await staff.getByRole('link', { name: 'Questions to applicants' }).click();
    await staff.getByRole('link', { name: 'New question' }).click();
    await staff.locator('[name=text_en]').fill('Which ports do you serve?');
    await staff.locator('[name=text_zh]').fill('贵公司服务哪些港口？');
    await staff.getByRole('button', { name: 'Save' }).click();
    const guest = await open('/apply');
    assert.ok(await guest.getByText('Which ports do you serve?').isVisible());
    await close(guest);
    await staff.getByRole('link', { name: 'Which ports do you serve?' }).click();
    await staff.getByRole('button', { name: 'Delete' }).click();
    assert.equal(await staff.getByText('Which ports do you serve?').count(), 0);

    await staff.goto('/staff/setup/programme/tiers');
    await staff.getByRole('link', { name: 'Gold' }).click();
    const before = await staff.locator('[name=revenue]').inputValue();
    await staff.locator('[name=revenue]').fill('900000000');
    await staff.getByRole('button', { name: 'Save' }).click();
    assert.ok(await staff.getByText(/Then 0 of \d+ partners would meet it/).isVisible());
    assert.equal(await staff.locator('[name=revenue]').inputValue(), '900000000');
    assert.deepEqual(await faultsOf(staff), []);
    await staff.locator('[name=revenue]').fill(before);
    await staff.getByRole('button', { name: 'Save' }).click();
    assert.equal(new URL(staff.url()).pathname, '/staff/setup/programme/tiers');
    await close(staff);
});

for (const lang of ['en', 'zh-CN'])
    test(`the pages of the programme are sound, ${lang}`, async () => {
        const guest = await open('/apply', { lang, width: 390, height: 844 });
        assert.deepEqual(await faultsOf(guest), []);
        await close(guest);
        const staff = await openAs(STAFF, '/staff/partners', { lang });
        for (const path of ['/staff/applications?view=review', '/staff/partners/1019', '/staff/partners/1025',
            '/staff/agreements', '/staff/agreements/2', '/staff/agreements/new', '/staff/applications/PA-3',
            '/staff/applications/PA-2', '/staff/partners/1001', '/staff/certificates', '/staff/tier-reviews',
            '/staff/setup/programme', '/staff/setup/programme/questions', '/staff/setup/programme/checklist/new',
            '/staff/setup/programme/tiers', '/staff/setup/programme/tiers/3', '/staff/setup/programme/benefits',
            '/staff/setup/programme/benefits/1']) {
            assert.equal((await staff.goto(path)).status(), 200, path);
            assert.deepEqual(await faultsOf(staff), [], path);
        }
        await close(staff);
        const partner = await openAs('insa.petersen@nordlicht.example', '/partner/programme', { lang });
        assert.deepEqual(await faultsOf(partner), []);
        await partner.goto('/partner/programme/certificates?view=all');
        assert.deepEqual(await faultsOf(partner), []);
        await partner.goto('/partner/programme/tier?revenue=100000&certificates=1&users=0');
        assert.deepEqual(await faultsOf(partner), []);
        await close(partner);
    });
