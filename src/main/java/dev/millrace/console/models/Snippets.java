package dev.millrace.console.models;

import tools.jackson.databind.JsonNode;

/** The code around a request: BASE, MODEL and BODY stand for what is filled in. */
final class Snippets {
    static final String BEARER = "-H \"Authorization: Bearer $MILLRACE_KEY\"";
    static final String API_KEY = "-H \"X-API-Key: $MILLRACE_KEY\"";
    static final String HALVES = "KEY=${MILLRACE_KEY#mr_} # the two halves of mr_<id>_<secret>\n\n";
    static final String HALVES_HEADER = "-H \"Authorization: Key ${KEY%%_*}:${KEY#*_}\"";

    static final String THEN_JOB = """


            # a job: these are its events until it has ended; put in the id of the answer
            curl -N BASE/api/v1/jobs/JOB_ID/events \\
              -H "Authorization: Bearer $MILLRACE_KEY"
            """;

    static final String THEN_REQUEST = """


            # its status and its files; put in the request_id of the answer
            curl BASE/requests/REQUEST_ID/status \\
              -H "Authorization: Key ${KEY%%_*}:${KEY#*_}"
            """;

    static final String THEN_APIFRAME = """


            # its status and its result; put in the jobId of the answer
            curl BASE/v2/jobs/JOB_ID -H "X-API-Key: $MILLRACE_KEY"
            """;

    static final String JS = """
            const headers = {
              Authorization: `Bearer ${process.env.MILLRACE_KEY}`,
              'Content-Type': 'application/json',
            };
            const call = async (path, body) => {
              const answer = await fetch('BASE' + path, {
                method: body ? 'POST' : 'GET',
                headers,
                body: body && JSON.stringify(body),
              });
              if (!answer.ok) throw new Error(await answer.text());
              return answer.json();
            };

            let job = await call('/api/v1/generations', BODY);
            while (job.status === 'queued' || job.status === 'running') {
              await new Promise((resolve) => setTimeout(resolve, 1000));
              job = await call(`/api/v1/jobs/${job.id}`);
            }
            console.log(job.status, job.output_urls, job.charge_usd);
            """;

    static final String PYTHON = """
            import json, os, time, urllib.request

            def call(path, body=None):
                request = urllib.request.Request(
                    "BASE" + path,
                    data=None if body is None else json.dumps(body).encode(),
                    headers={
                        "Authorization": "Bearer " + os.environ["MILLRACE_KEY"],
                        "Content-Type": "application/json",
                    },
                )
                with urllib.request.urlopen(request) as answer:
                    return json.load(answer)

            job = call("/api/v1/generations", BODY)
            while job["status"] in ("queued", "running"):
                time.sleep(1)
                job = call(f"/api/v1/jobs/{job['id']}")
            print(job["status"], job["output_urls"], job["charge_usd"])
            """;

    static final String OPENAI_JS = """
            import OpenAI from 'openai';

            const client = new OpenAI({
              baseURL: 'BASE/v1',
              apiKey: process.env.MILLRACE_KEY,
            });
            const answer = await client.chat.completions.create({
              model: 'MODEL',
              messages: [{ role: 'user', content: 'What is a millrace?' }],
            });
            console.log(answer.choices[0].message.content);
            """;

    static final String OPENAI_PYTHON = """
            import os
            from openai import OpenAI

            client = OpenAI(base_url="BASE/v1", api_key=os.environ["MILLRACE_KEY"])
            answer = client.chat.completions.create(
                model="MODEL",
                messages=[{"role": "user", "content": "What is a millrace?"}],
            )
            print(answer.choices[0].message.content)
            """;

    private Snippets() {}

    static String curl(String url, String header, JsonNode body) {
        return "curl " + url + " \\\n  " + header + " \\\n  -H \"Content-Type: application/json\" \\\n  -d '"
                + indented(body, 2).replace("'", "'\\''") + "'";
    }

    /** A body on several lines, those after the first one indented. */
    static String indented(JsonNode body, int spaces) {
        return body.toPrettyString().replace("\" : ", "\": ").replace("\n", "\n" + " ".repeat(spaces));
    }
}
