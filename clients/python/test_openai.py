"""openai, unmodified: images, videos, speech and transcription; only base URL and key change."""

import base64
import io
import json
import time
import unittest

import openai
from openai import OpenAI

from support import fetch, millrace

TEXT = 'The mill turns. Does the river know?'


class OpenAiTest(unittest.TestCase):
    def setUp(self):
        self.server = millrace()
        self.client = OpenAI(base_url=self.server.url + '/v1', api_key=self.server.rich['key'], max_retries=0)

    def tearDown(self):
        self.client.close()

    def picture(self):
        made = self.client.images.generate(
            model='sandbox/image', prompt='a mill', size='256x256', response_format='b64_json'
        )
        return base64.b64decode(made.data[0].b64_json)

    def ended(self, video):
        while video.status in ('queued', 'in_progress'):
            time.sleep(0.2)
            video = self.client.videos.retrieve(video.id)
        return video

    def test_an_image_comes_as_a_link_and_is_paid_from_the_wallet(self):
        before = float(self.server.available())
        made = self.client.images.generate(model='sandbox/image', prompt='a mill', size='256x256', n=2)
        content_type, _ = fetch(made.data[1].url)
        self.assertEqual(content_type, 'image/png')
        self.assertAlmostEqual(before - float(self.server.available()), 0.02)

    def test_images_are_edited_with_a_mask(self):
        picture = self.picture()
        made = self.client.images.edit(
            model='gpt-image-1',
            image=[('a.png', picture, 'image/png'), ('b.png', picture, 'image/png')],
            mask=('mask.png', picture, 'image/png'),
            prompt='the same at night',
            quality='low',
        )
        self.assertEqual(base64.b64decode(made.data[0].b64_json)[1:4], b'PNG')

    def test_a_stream_of_an_image_ends_with_the_finished_one(self):
        stream = self.client.images.generate(
            model='sandbox/image', prompt='a mill', size='256x256', stream=True, partial_images=1
        )
        self.assertEqual([event.type for event in stream], ['image_generation.completed'])

    def test_a_video_is_made_downloaded_remixed_listed_and_deleted(self):
        video = self.client.videos.create_and_poll(
            model='sandbox/video',
            prompt='a mill wheel turning',
            seconds='4',
            size='1280x720',
            input_reference=('a.png', io.BytesIO(self.picture()), 'image/png'),
            poll_interval_ms=200,
        )
        self.assertEqual((video.status, video.seconds), ('completed', '4'))
        self.assertEqual(self.client.videos.download_content(video.id).read()[4:8], b'ftyp')
        for variant in ('thumbnail', 'spritesheet'):
            still = self.client.videos.download_content(video.id, variant=variant)
            self.assertEqual(still.read()[:2], b'\xff\xd8')
        remix = self.ended(self.client.videos.remix(video.id, prompt='the same in winter'))
        self.assertEqual(remix.remixed_from_video_id, video.id)
        listed = [one.id for one in self.client.videos.list(limit=1)]
        self.assertEqual(listed[:2], [remix.id, video.id])
        self.assertTrue(self.client.videos.delete(video.id).deleted)
        with self.assertRaises(openai.NotFoundError):
            self.client.videos.retrieve(video.id)

    def test_speech_is_written_down_again(self):
        with self.client.audio.speech.with_streaming_response.create(
            model='gpt-4o-mini-tts', voice='coral', input=TEXT
        ) as speech:
            mp3 = b''.join(speech.iter_bytes())
        self.assertEqual(mp3[:3], b'ID3')
        file = ('speech.mp3', mp3, 'audio/mpeg')
        self.assertEqual(self.client.audio.transcriptions.create(model='gpt-4o-transcribe', file=file).text, TEXT)
        verbose = self.client.audio.transcriptions.create(
            model='whisper-1', file=file, response_format='verbose_json', timestamp_granularities=['word', 'segment']
        )
        self.assertEqual((len(verbose.segments), len(verbose.words)), (2, 7))
        vtt = self.client.audio.transcriptions.create(model='whisper-1', file=file, response_format='vtt')
        self.assertTrue(vtt.startswith('WEBVTT'))

    def test_models_are_listed_and_chats_answered_under_the_same_base(self):
        self.assertIn('whisper-1', [model.id for model in self.client.models.list()])
        answer = self.client.chat.completions.create(
            model='sandbox/text', messages=[{'role': 'user', 'content': 'hi'}], max_tokens=20
        )
        self.assertEqual(answer.object, 'chat.completion')

    def test_tools_are_called_whole_and_streamed(self):
        tool = {
            'type': 'function',
            'function': {
                'name': 'get_weather',
                'parameters': {
                    'type': 'object',
                    'properties': {'location': {'type': 'string'}},
                    'required': ['location'],
                },
            },
        }
        ask = {'model': 'sandbox/text', 'tools': [tool]}
        messages = [{'role': 'user', 'content': 'What is the weather in Paris?'}]
        answer = self.client.chat.completions.create(messages=messages, **ask)
        message = answer.choices[0].message
        self.assertEqual(answer.choices[0].finish_reason, 'tool_calls')
        self.assertEqual(json.loads(message.tool_calls[0].function.arguments), {'location': 'Paris'})
        result = {'role': 'tool', 'tool_call_id': message.tool_calls[0].id, 'content': '11 degrees'}
        told = self.client.chat.completions.create(messages=messages + [message, result], **ask)
        self.assertEqual(told.choices[0].finish_reason, 'stop')
        with self.client.chat.completions.stream(messages=messages, **ask) as stream:
            streamed = stream.get_final_completion().choices[0].message.tool_calls[0]
        self.assertEqual(json.loads(streamed.function.arguments), {'location': 'Paris'})

    def test_errors_have_the_class_that_the_client_knows(self):
        with self.assertRaises(openai.NotFoundError) as missing:
            self.client.images.generate(model='gpt-image-0', prompt='a mill')
        self.assertEqual(missing.exception.code, 'model_not_found')
        with self.assertRaises(openai.BadRequestError) as wrong:
            self.client.audio.speech.create(model='tts-1', voice='onyx', input='Hi.', response_format='aac')
        self.assertEqual(wrong.exception.param, 'response_format')
        with OpenAI(base_url=self.server.url + '/v1', api_key=self.server.poor['key']) as poor:
            with self.assertRaises(openai.RateLimitError) as quota:
                poor.images.generate(model='gpt-image-1', prompt='a mill')
            self.assertEqual(quota.exception.code, 'insufficient_quota')


if __name__ == '__main__':
    unittest.main()
