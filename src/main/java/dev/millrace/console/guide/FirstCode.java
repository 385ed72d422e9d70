package dev.millrace.console.guide;

/** The code of the first requests; BASE stands for the address of the server. */
final class FirstCode {
    static final String IMAGE = """
            curl BASE/api/v1/generations \\
              -H "Authorization: Bearer $MILLRACE_KEY" \\
              -H "Content-Type: application/json" \\
              -d '{"model": "sandbox/image", "prompt": "a lighthouse above a golden sea at sunset"}'""";

    static final String CHAT = """
            curl -N BASE/api/v1/chat/completions \\
              -H "Authorization: Bearer $MILLRACE_KEY" \\
              -H "Content-Type: application/json" \\
              -d '{"model": "sandbox/text", "stream": true,
                   "messages": [{"role": "user", "content": "What is a millrace?"}]}'""";

    static final String VIDEO = """
            JOB=$(curl -s BASE/api/v1/videos/generations \\
              -H "Authorization: Bearer $MILLRACE_KEY" \\
              -H "Content-Type: application/json" \\
              -d '{"model": "sandbox/video", "prompt": "dunes at dawn", "duration": 3}' |
              sed 's/.*"id":"\\([^"]*\\)".*/\\1/')

            # its events, until it has ended
            curl -N BASE/api/v1/jobs/$JOB/events -H "Authorization: Bearer $MILLRACE_KEY\"""";

    static final String OPENAI_JS = """
            // npm install openai
            import OpenAI from 'openai';

            const client = new OpenAI({ baseURL: 'BASE/v1', apiKey: process.env.MILLRACE_KEY });
            const answer = await client.chat.completions.create({
              model: 'sandbox/text',
              messages: [{ role: 'user', content: 'What is a millrace?' }],
            });
            console.log(answer.choices[0].message.content);""";

    static final String OPENAI_PYTHON = """
            # pip install openai
            import os
            from openai import OpenAI

            client = OpenAI(base_url="BASE/v1", api_key=os.environ["MILLRACE_KEY"])
            image = client.images.generate(model="sandbox/image", prompt="a lighthouse at sunset")
            print(image.data[0].url)""";

    static final String OPENAI_CURL = """
            curl BASE/v1/images/generations \\
              -H "Authorization: Bearer $MILLRACE_KEY" \\
              -H "Content-Type: application/json" \\
              -d '{"model": "sandbox/image", "prompt": "a lighthouse at sunset"}'""";

    static final String HIGGSFIELD_JS = """
            // npm install @higgsfield/client
            import { createHiggsfieldClient } from '@higgsfield/client/v2';

            const [, id, secret] = process.env.MILLRACE_KEY.split('_');
            const client = createHiggsfieldClient({ baseURL: 'BASE', credentials: `${id}:${secret}` });
            const video = await client.subscribe('kling-video/v2.5-turbo/pro/text-to-video', {
              input: { prompt: 'waves below a pale moon', duration: 5 },
            });
            console.log(video);""";

    static final String HIGGSFIELD_PYTHON = """
            # pip install higgsfield-client
            import os
            from higgsfield_client import SyncClient

            _, key_id, secret = os.environ["MILLRACE_KEY"].split("_")
            client = SyncClient(base_url="BASE", api_key=f"{key_id}:{secret}")
            print(client.subscribe("sandbox/image", {"prompt": "a lighthouse at sunset"}))""";

    static final String HIGGSFIELD_CURL = """
            KEY=${MILLRACE_KEY#mr_} # the two halves of mr_<id>_<secret>

            curl BASE/sandbox/image \\
              -H "Authorization: Key ${KEY%%_*}:${KEY#*_}" \\
              -H "Content-Type: application/json" \\
              -d '{"prompt": "a lighthouse at sunset"}'""";

    static final String APIFRAME = """
            curl BASE/v2/images/generate \\
              -H "X-API-Key: $MILLRACE_KEY" \\
              -H "Content-Type: application/json" \\
              -d '{"model": "sandbox/image", "prompt": "a lighthouse at sunset"}'

            # its status and its result; put in the jobId of the answer
            curl BASE/v2/jobs/JOB_ID -H "X-API-Key: $MILLRACE_KEY\"""";

    private FirstCode() {}
}
