"""higgsfield-client, unmodified, sync and async: only base URL and credentials change."""

import asyncio
import io
import os
import tempfile
import unittest

import higgsfield_client
import higgsfield_client.http.client as http_client
from higgsfield_client import AsyncClient, SyncClient
from PIL import Image

from support import Sink, fetch, millrace, pair

SOUL = 'higgsfield-ai/soul/standard'
HAS_AGENTS = hasattr(SyncClient, 'agents')


def setUpModule():
    server = millrace()
    # status, result and cancel by id build their URLs from this constant, whatever base_url says.
    http_client.BASE_URL = server.url
    os.environ['HF_KEY'] = pair(server.rich)
    higgsfield_client.sync_client.base_url = server.url
    higgsfield_client.async_client.base_url = server.url


def picture():
    image = Image.new('RGB', (64, 48))
    image.putdata([(x * 4 % 256, y * 5 % 256, 120) for y in range(48) for x in range(64)])
    return image


def jpeg():
    with io.BytesIO() as buffer:
        picture().save(buffer, format='jpeg')
        return buffer.getvalue()


class SyncClientTest(unittest.TestCase):
    def setUp(self):
        self.server = millrace()
        self.client = SyncClient(base_url=self.server.url, api_key=pair(self.server.rich))

    def tearDown(self):
        for name in ('_client', '_upload_client'):
            if name in self.client.__dict__:
                self.client.__dict__[name].close()

    def test_subscribe_runs_to_completion_and_is_charged_as_priced(self):
        before = float(self.server.available())
        told, seen = [], []
        result = self.client.subscribe(
            SOUL, {'prompt': 'a lighthouse at dusk', 'num_images': 2}, on_enqueue=told.append, on_queue_update=seen.append
        )
        self.assertEqual(result['status'], 'completed')
        self.assertEqual(told, [result['request_id']])
        self.assertIsInstance(seen[-1], higgsfield_client.Completed)
        self.assertEqual(len(result['images']), 2)
        for image in result['images']:
            kind, data = fetch(image['url'])
            self.assertEqual(kind, 'image/png')
            self.assertEqual(Image.open(io.BytesIO(data)).format, 'PNG')
        self.assertAlmostEqual(before - float(self.server.available()), 0.188, places=6)

    def test_submit_gives_a_controller_that_can_wait(self):
        controller = self.client.submit('/' + SOUL, {'prompt': 'dunes'})
        self.assertIsInstance(controller.status(), higgsfield_client.Status)
        self.assertIsInstance(list(controller.poll_request_status(delay=0.1))[-1], higgsfield_client.Completed)
        self.assertEqual(controller.get()['status'], 'completed')
        self.assertIn(controller.request_id, repr(controller))

    def test_a_request_is_asked_for_by_its_id(self):
        controller = self.client.submit(SOUL, {'prompt': 'dunes'})
        self.assertEqual(self.client.result(controller.request_id)['status'], 'completed')
        self.assertIsInstance(self.client.status(controller.request_id), higgsfield_client.Completed)
        self.assertEqual(self.client.get_request_controller(controller.request_id).get()['status'], 'completed')

    def test_a_queued_request_is_canceled_and_a_running_one_is_not(self):
        running = self.client.submit(SOUL, {'prompt': 'a', 'sandbox': {'never_finish': True}})
        while not isinstance(running.status(), higgsfield_client.InProgress):
            pass
        first = self.client.submit(SOUL, {'prompt': 'a'})
        second = self.client.submit(SOUL, {'prompt': 'b'})
        self.assertIsInstance(first.status(), higgsfield_client.Queued)
        first.cancel()
        self.client.cancel(second.request_id)
        self.assertIsInstance(first.status(), higgsfield_client.Cancelled)
        self.assertEqual(second.get()['status'], 'canceled')
        with self.assertRaisesRegex(higgsfield_client.HiggsfieldClientError, 'only a queued request'):
            running.cancel()
        self.server.call('POST', f'/api/v1/jobs/{running.request_id}/cancel')
        self.assertIsInstance(running.status(), higgsfield_client.Cancelled)

    def test_failed_and_nsfw_come_back_as_results_and_cost_nothing(self):
        before = self.server.available()
        failed = self.client.subscribe(SOUL, {'prompt': 'a', 'sandbox': {'fail': 'upstream_error'}})
        self.assertEqual(failed['status'], 'failed')
        self.assertTrue(failed['error'])
        nsfw = self.client.subscribe(SOUL, {'prompt': 'a', 'sandbox': {'nsfw': True}})
        self.assertEqual(nsfw['status'], 'nsfw')
        self.assertEqual(self.server.available(), before)

    def test_uploads_can_be_read_and_become_a_video(self):
        data = jpeg()
        url = self.client.upload(data, 'image/jpeg')
        self.assertEqual(fetch(url), ('image/jpeg', data))
        with tempfile.NamedTemporaryFile(suffix='.jpg') as file:
            file.write(data)
            file.flush()
            self.assertEqual(fetch(self.client.upload_file(file.name))[1], data)
        self.assertEqual(fetch(self.client.upload_image(picture(), 'png'))[0], 'image/png')
        film = self.client.subscribe('higgsfield-ai/dop/standard', {'prompt': 'slowly forward', 'image_url': url})
        self.assertEqual(film['status'], 'completed')
        self.assertEqual(fetch(film['video']['url'])[1][4:8], b'ftyp')
        with tempfile.NamedTemporaryFile(suffix='.unheard-of') as file:
            with self.assertRaisesRegex(higgsfield_client.HiggsfieldClientError, 'content_type'):
                self.client.upload_file(file.name)

    def test_a_webhook_is_told_in_both_shapes(self):
        sink = Sink()
        self.addCleanup(sink.close)
        controller = self.client.submit(SOUL, {'prompt': 'a red kite'}, webhook_url=sink.url)
        _, body = sink.next()
        self.assertEqual(body['request_id'], controller.request_id)
        self.assertEqual(body['status'], 'completed')
        self.assertEqual(len(body['payload']['images']), 1)
        self.assertEqual(len(body['images']), 1)

    def test_each_refusal_says_why(self):
        error = higgsfield_client.HiggsfieldClientError
        stranger = SyncClient(base_url=self.server.url, api_key='nobody:nothing')
        poor = SyncClient(base_url=self.server.url, api_key=pair(self.server.poor))
        self.addCleanup(lambda: (stranger._client.close(), poor._client.close()))
        for client, model, arguments, why in (
            (stranger, SOUL, {'prompt': 'a'}, 'Invalid credentials'),
            (self.client, SOUL, {}, "'prompt' is a required property"),
            (self.client, SOUL, {'prompt': 'a', 'num_images': 9}, 'num_images: 9 is greater than the maximum of 4'),
            (self.client, 'nobody/nothing', {'prompt': 'a'}, 'model_not_found'),
            (poor, SOUL, {'prompt': 'a'}, 'Insufficient credits'),
        ):
            with self.subTest(why), self.assertRaisesRegex(error, why):
                client.submit(model, arguments)
        with self.assertRaisesRegex(error, 'Request not found'):
            self.client.status('01890000-0000-7000-8000-000000000000')

    @unittest.skipUnless(HAS_AGENTS, 'this release has no agents')
    def test_agents_are_not_enabled(self):
        agents = self.client.agents
        for call in (
            lambda: agents.sessions.create(),
            lambda: agents.sessions.send('s1', 'hello'),
            lambda: agents.sessions.messages('s1', after='m1'),
            lambda: agents.sessions.interrupt('s1'),
            lambda: agents.sessions.run('s1', 'hello', timeout=1),
            lambda: agents.media.upload(b'abc', 'jpeg'),
        ):
            with self.assertRaises(higgsfield_client.AgentAccessDeniedError):
                call()

    def test_the_functions_of_the_package(self):
        result = higgsfield_client.subscribe(SOUL, {'prompt': 'a'})
        self.assertEqual(result['status'], 'completed')
        controller = higgsfield_client.submit(SOUL, {'prompt': 'a'})
        self.assertEqual(higgsfield_client.result(controller.request_id)['status'], 'completed')
        self.assertIsInstance(higgsfield_client.status(controller.request_id), higgsfield_client.Completed)
        with self.assertRaises(higgsfield_client.HiggsfieldClientError):
            higgsfield_client.cancel(controller.request_id)
        self.assertEqual(fetch(higgsfield_client.upload(jpeg(), 'image/jpeg'))[0], 'image/jpeg')
        with tempfile.NamedTemporaryFile(suffix='.jpg') as file:
            file.write(jpeg())
            file.flush()
            self.assertEqual(fetch(higgsfield_client.upload_file(file.name))[0], 'image/jpeg')
        self.assertEqual(fetch(higgsfield_client.upload_image(picture()))[0], 'image/jpeg')
        higgsfield_client.sync_client._client.close()
        higgsfield_client.sync_client._upload_client.close()


class AsyncClientTest(unittest.IsolatedAsyncioTestCase):
    async def asyncSetUp(self):
        self.server = millrace()
        self.client = AsyncClient(base_url=self.server.url, api_key=pair(self.server.rich))

    async def asyncTearDown(self):
        for name in ('_client', '_upload_client'):
            if name in self.client.__dict__:
                await self.client.__dict__[name].aclose()

    async def test_subscribe_runs_to_completion(self):
        told, seen = [], []
        result = await self.client.subscribe(
            SOUL, {'prompt': 'a lighthouse at dusk'}, on_enqueue=told.append, on_queue_update=seen.append
        )
        self.assertEqual(result['status'], 'completed')
        self.assertEqual(told, [result['request_id']])
        self.assertIsInstance(seen[-1], higgsfield_client.Completed)
        self.assertEqual(fetch(result['images'][0]['url'])[0], 'image/png')

    async def test_several_run_at_once_and_each_gets_its_own(self):
        results = await asyncio.gather(*(self.client.subscribe(SOUL, {'prompt': word}) for word in ('a', 'b', 'c')))
        self.assertEqual(len({result['request_id'] for result in results}), 3)
        self.assertEqual({result['status'] for result in results}, {'completed'})

    async def test_submit_gives_a_controller_that_can_wait(self):
        controller = await self.client.submit(SOUL, {'prompt': 'dunes'})
        self.assertIsInstance(await controller.status(), higgsfield_client.Status)
        last = [status async for status in controller.poll_request_status(delay=0.1)][-1]
        self.assertIsInstance(last, higgsfield_client.Completed)
        self.assertEqual((await controller.get())['status'], 'completed')
        self.assertEqual((await self.client.result(controller.request_id))['status'], 'completed')
        self.assertIsInstance(await self.client.status(controller.request_id), higgsfield_client.Completed)

    async def test_a_queued_request_is_canceled(self):
        running = await self.client.submit(SOUL, {'prompt': 'a', 'sandbox': {'never_finish': True}})
        while not isinstance(await running.status(), higgsfield_client.InProgress):
            await asyncio.sleep(0)
        first = await self.client.submit(SOUL, {'prompt': 'a'})
        second = await self.client.submit(SOUL, {'prompt': 'b'})
        await first.cancel()
        await self.client.cancel(second.request_id)
        self.assertIsInstance(await first.status(), higgsfield_client.Cancelled)
        self.assertEqual((await second.get())['status'], 'canceled')
        self.server.call('POST', f'/api/v1/jobs/{running.request_id}/cancel')

    async def test_uploads_can_be_read(self):
        data = jpeg()
        self.assertEqual(fetch(await self.client.upload(data, 'image/jpeg')), ('image/jpeg', data))
        with tempfile.NamedTemporaryFile(suffix='.jpg') as file:
            file.write(data)
            file.flush()
            self.assertEqual(fetch(await self.client.upload_file(file.name))[1], data)
        self.assertEqual(fetch(await self.client.upload_image(picture(), 'webp'))[0], 'image/webp')

    async def test_a_webhook_is_told(self):
        sink = Sink()
        self.addCleanup(sink.close)
        controller = await self.client.submit(SOUL, {'prompt': 'a red kite'}, webhook_url=sink.url)
        _, body = await asyncio.to_thread(sink.next)
        self.assertEqual(body['request_id'], controller.request_id)

    async def test_a_refusal_says_why(self):
        with self.assertRaisesRegex(higgsfield_client.HiggsfieldClientError, 'model_not_found'):
            await self.client.submit('nobody/nothing', {'prompt': 'a'})

    @unittest.skipUnless(HAS_AGENTS, 'this release has no agents')
    async def test_agents_are_not_enabled(self):
        agents = self.client.agents
        for call in (
            lambda: agents.sessions.create(),
            lambda: agents.sessions.send('s1', 'hello'),
            lambda: agents.sessions.messages('s1'),
            lambda: agents.sessions.interrupt('s1'),
            lambda: agents.sessions.run('s1', 'hello', timeout=1),
            lambda: agents.media.upload(b'abc', 'jpeg'),
        ):
            with self.assertRaises(higgsfield_client.AgentAccessDeniedError):
                await call()

    async def test_the_functions_of_the_package(self):
        result = await higgsfield_client.subscribe_async(SOUL, {'prompt': 'a'})
        self.assertEqual(result['status'], 'completed')
        controller = await higgsfield_client.submit_async(SOUL, {'prompt': 'a'})
        self.assertEqual((await higgsfield_client.result_async(controller.request_id))['status'], 'completed')
        self.assertIsInstance(
            await higgsfield_client.status_async(controller.request_id), higgsfield_client.Completed
        )
        with self.assertRaises(higgsfield_client.HiggsfieldClientError):
            await higgsfield_client.cancel_async(controller.request_id)
        self.assertEqual(fetch(await higgsfield_client.upload_async(jpeg(), 'image/jpeg'))[0], 'image/jpeg')
        with tempfile.NamedTemporaryFile(suffix='.jpg') as file:
            file.write(jpeg())
            file.flush()
            self.assertEqual(fetch(await higgsfield_client.upload_file_async(file.name))[0], 'image/jpeg')
        self.assertEqual(fetch(await higgsfield_client.upload_image_async(picture()))[0], 'image/jpeg')
        await higgsfield_client.async_client._client.aclose()
        await higgsfield_client.async_client._upload_client.aclose()


if __name__ == '__main__':
    unittest.main()
