// The types of latchkey.js and of every route. `make types` writes this file, from
// docs/openapi.yaml, tests/clients/front_end/calls.d.ts and the comments of latchkey.js.

export interface paths {
    "/issues": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List issues, newest first; or those whose titles begin with a text */
        get: operations["list_issues"];
        put?: never;
        /** Create an issue; it belongs to the caller */
        post: operations["create_issue"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/issues/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        /** Read an issue */
        get: operations["get_issue"];
        put?: never;
        post?: never;
        /** Delete an issue (its assignee, or an admin) */
        delete: operations["delete_issue"];
        options?: never;
        head?: never;
        /** Change the title or the status of an issue, or both (its assignee, or an admin) */
        patch: operations["update_issue"];
        trace?: never;
    };
    "/users": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List users of both providers, newest first (admins only where USERS_VISIBLE says so) */
        get: operations["list_users"];
        put?: never;
        /** Add a user (an admin) */
        post: operations["create_user"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        /** Read a user */
        get: operations["get_user"];
        put?: never;
        post?: never;
        /** Delete a user, here and at their provider (an admin) */
        delete: operations["delete_user"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read who is calling */
        get: operations["get_me"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Check whether the database answers */
        get: operations["get_health"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/providers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read which sign-ins this site has */
        get: operations["get_providers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/account": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Delete the caller's account; first the rows here, then the identity at the provider */
        delete: operations["delete_account"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/invite": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Invite somebody by a mail of either provider (an admin) */
        post: operations["invite"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/login": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Ask for a magic link; the answer is the same whether or not the address is known */
        post: operations["login"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/authenticate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Trade the token of a magic link for a session
         * @description Magic links lead here. If a link cannot be used, a browser (`Accept: text/html`) is redirected to `/?error=<code>`, and other clients get the problem document. HEAD does not use up a link.
         */
        get: operations["authenticate"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/logout": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** End the sessions that the request brings, or all of the caller's */
        post: operations["logout"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List my Stytch sessions, newest first */
        get: operations["list_sessions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sessions/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** End one of my Stytch sessions */
        delete: operations["delete_session"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/webhooks/stytch": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * What Stytch tells of a user
         * @description Called by Stytch, by way of Svix. The user whom the event names is asked for at Stytch, and their row becomes what it answers; without one, the row is deleted. Events of other kinds are answered `ignored`. Sent again by Svix after any other answer.
         */
        post: operations["stytch_event"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/webhooks/identity": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * What Netlify Identity tells of a user
         * @description Called by Netlify Identity (GoTrue), also by way of the site's functions `identity-validate`, `identity-signup`, `identity-login` and `identity-changes`. The user whom the event names is asked for at Identity, and their row becomes what it answers. The event `validate` only asks whether the address may sign up. GoTrue tries three times, and refuses the sign-up or sign-in after anything but 200.
         */
        post: operations["identity_event"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** @enum {string} */
        Status: "to-do" | "in progress" | "done";
        /** Format: email */
        Email: string;
        /** @description No control, bidi control or zero-width characters; white space around it is removed */
        Text: string;
        Issue: {
            id: number;
            title: components["schemas"]["Text"];
            status: components["schemas"]["Status"];
            /** @description netlify:<sub> or stytch:<user_id> */
            assignee_id: string;
            assignee_name: string;
            assignee_email: components["schemas"]["Email"];
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            updated_at: string;
        };
        NewIssue: {
            title: components["schemas"]["Text"];
            status?: components["schemas"]["Status"];
        };
        IssueChanges: {
            title?: components["schemas"]["Text"];
            status?: components["schemas"]["Status"];
        };
        User: {
            id: number;
            name: string;
            email: components["schemas"]["Email"];
            provider: components["schemas"]["Provider"];
            /** @description As in issues and `/me`; null until the address's owner has signed in */
            principal_id: string | null;
            /**
             * Format: date-time
             * @description At most an hour too early; null until the address's owner has signed in
             */
            last_seen_at: string | null;
            /** Format: date-time */
            created_at: string;
        };
        NewUser: {
            email: components["schemas"]["Email"];
            name?: components["schemas"]["Text"];
            provider?: components["schemas"]["ChosenProvider"];
        };
        Invitation: {
            email: components["schemas"]["Email"];
            name?: components["schemas"]["Text"];
            provider?: components["schemas"]["ChosenProvider"];
            /**
             * @description Kept by the provider
             * @enum {string}
             */
            role?: "admin";
        };
        /** @enum {string} */
        Provider: "netlify" | "stytch";
        /**
         * @description One that the site has; without it, Stytch where the site has it
         * @enum {string}
         */
        ChosenProvider: "netlify" | "stytch";
        Principal: {
            id: string;
            provider: components["schemas"]["Provider"];
            email: components["schemas"]["Email"];
            name: string;
            roles: string[];
        };
        Session: {
            id: string;
            /** Format: date-time */
            started_at: string;
            /** Format: date-time */
            last_accessed_at: string;
            /** Format: date-time */
            expires_at: string;
            /** @description Where the magic link was opened */
            ip_address: string | null;
            /** @description What it was opened with */
            user_agent: string | null;
            /** @description Whether this request is made by it */
            current: boolean;
        };
        Problem: {
            /** @constant */
            type: "about:blank";
            status: number;
            title: string;
            detail: string;
            /** @description Stable; meant for programs */
            code: string;
            /** @description Finds the request in the log */
            request_id: string;
            errors?: {
                field: string;
                detail: string;
            }[];
            /**
             * @description The step of a deletion or a sign-out that was not done
             * @enum {string}
             */
            step?: "rows" | "identity" | "stytch";
            /** @description How many issues a deletion has still to delete, up to 100,000 (`deletion_unfinished`) */
            remaining?: number;
        };
        /** @description API Gateway's own answer */
        Message: {
            message: string;
        };
    };
    responses: {
        /** @description It is deleted */
        Deleted: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": {
                    /** @constant */
                    message: "success";
                };
            };
        };
        /** @description A mail is sent, if the address may sign in */
        LinkSent: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": {
                    /** @constant */
                    message: "magic link sent";
                };
            };
        };
        /** @description The user's row is as the provider says now; `ignored` for an event that is not about a user */
        Followed: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": {
                    /** @enum {unknown} */
                    message: "success" | "ignored";
                };
            };
        };
        /** @description The request cannot be read */
        Malformed: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description It is not known who is calling; `code` says why */
        Unauthenticated: {
            headers: {
                "WWW-Authenticate"?: "Bearer";
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The signature is missing, wrong or too old, or this site does not know the secret */
        Unsigned: {
            headers: {
                "WWW-Authenticate"?: "Bearer";
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The caller is known, but may not do this; or a page of another site sent it */
        Forbidden: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description There is no such issue, user or session */
        NotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description This site does not have this provider */
        ProviderNotConfigured: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description It conflicts with a row that exists */
        Conflict: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The caller is a user of Netlify Identity, which does not list sessions */
        NotListed: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The issue has changed since it had the `ETag` in `If-Match` */
        Changed: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The body is larger than 64 KiB, or than Netlify (6 MB) or API Gateway (10 MB) takes */
        TooLarge: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
                "application/json": components["schemas"]["Message"];
            };
        };
        /** @description Fields are wrong; `errors` names each of them */
        Invalid: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Too many requests, of one caller or at the same time; try again later. API Gateway's own answer has no Retry-After */
        Throttled: {
            headers: {
                "Retry-After": components["headers"]["RetryAfter"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
                "application/json": components["schemas"]["Message"];
            };
        };
        /** @description The headers, or the Identity user's metadata, are larger than the platform takes */
        HeadersTooLarge: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
                "application/json": components["schemas"]["Message"];
            };
        };
        /** @description Something that nobody expected; the log knows the request's id */
        Failed: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
                "application/json": components["schemas"]["Message"];
            };
        };
        /** @description Netlify's gateway got no usable answer from the function */
        BadGateway: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The database, Stytch or Identity does not answer, or the function cannot be reached; try again. API Gateway's own answer has no Retry-After */
        Unavailable: {
            headers: {
                "Retry-After": components["headers"]["RetryAfter"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
                "application/json": components["schemas"]["Message"];
            };
        };
        /** @description Netlify's gateway had no answer in time; the function may still finish its work */
        TimedOut: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
    };
    parameters: {
        Id: number;
        Limit: number;
        /** @description An opaque cursor, from the `Link` header of the previous page */
        After: string;
        /** @description A repeated request with the same key makes no second row, and gets the result of the first */
        IdempotencyKey: string;
        /** @description The `ETag` that the issue must still have, or `*` for any; optional (RFC 9110, section 13.1.1) */
        IfMatch: string;
    };
    requestBodies: never;
    headers: {
        /** @description Changes with every change of the issue; for `If-Match` */
        ETag: string;
        /** @description The next page, `<…>; rel="next"` (RFC 8288); the last page has no such header */
        Link: string;
        Location: string;
        /** @description Seconds to wait before the next try */
        RetryAfter: number;
    };
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    list_issues: {
        parameters: {
            query?: {
                limit?: components["parameters"]["Limit"];
                /** @description An opaque cursor, from the `Link` header of the previous page */
                after?: components["parameters"]["After"];
                status?: components["schemas"]["Status"];
                /** @description With `me`, only the issues of the caller */
                assignee?: "me";
                /**
                 * @description Only issues whose titles begin with this text, in any case of letters, in the order of their titles and not newest first. White space around it does not count.
                 * @example oil
                 */
                title?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page */
            200: {
                headers: {
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Issue"][];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthenticated"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["Throttled"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["Failed"];
            502: components["responses"]["BadGateway"];
            503: components["responses"]["Unavailable"];
            504: components["responses"]["TimedOut"];
        };
    };
    create_issue: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeated request with the same key makes no second row, and gets the result of the first */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewIssue"];
                "text/plain": string;
            };
        };
        responses: {
            /** @description The issue */
            201: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    Location: components["headers"]["Location"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Issue"] & {
                        /** @constant */
                        message: "Issue created";
                    };
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["Throttled"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["Failed"];
            502: components["responses"]["BadGateway"];
            503: components["responses"]["Unavailable"];
            504: components["responses"]["TimedOut"];
        };
    };
    get_issue: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The issue */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Issue"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthenticated"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            429: components["responses"]["Throttled"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["Failed"];
            502: components["responses"]["BadGateway"];
            503: components["responses"]["Unavailable"];
            504: components["responses"]["TimedOut"];
        };
    };
    delete_issue: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `ETag` that the issue must still have, or `*` for any; optional (RFC 9110, section 13.1.1) */
                "If-Match"?: components["parameters"]["IfMatch"];
            };
            path: {
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["Deleted"];
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            412: components["responses"]["Changed"];
            413: components["responses"]["TooLarge"];
            429: components["responses"]["Throttled"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["Failed"];
            502: components["responses"]["BadGateway"];
            503: components["responses"]["Unavailable"];
            504: components["responses"]["TimedOut"];
        };
    };
    update_issue: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `ETag` that the issue must still have, or `*` for any; optional (RFC 9110, section 13.1.1) */
                "If-Match"?: components["parameters"]["IfMatch"];
            };
            path: {
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["IssueChanges"];
            };
        };
        responses: {
            /** @description The issue as it is now */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Issue"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            412: components["responses"]["Changed"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["Throttled"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["Failed"];
            502: components["responses"]["BadGateway"];
            503: components["responses"]["Unavailable"];
            504: components["responses"]["TimedOut"];
        };
    };
    list_users: {
        parameters: {
            query?: {
                limit?: components["parameters"]["Limit"];
                /** @description An opaque cursor, from the `Link` header of the previous page */
                after?: components["parameters"]["After"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page */
            200: {
                headers: {
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["User"][];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            413: components["responses"]["TooLarge"];
            429: components["responses"]["Throttled"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["Failed"];
            502: components["responses"]["BadGateway"];
            503: components["responses"]["Unavailable"];
            504: components["responses"]["TimedOut"];
        };
    };
    create_user: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeated request with the same key makes no second row, and gets the result of the first */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewUser"];
            };
        };
        responses: {
            /** @description The new user's id */
            201: {
                headers: {
                    Location: components["headers"]["Location"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: number;
                    };
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["ProviderNotConfigured"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["Throttled"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["Failed"];
            502: components["responses"]["BadGateway"];
            503: components["responses"]["Unavailable"];
            504: components["responses"]["TimedOut"];
        };
    };
    get_user: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The user */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["User"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            429: components["responses"]["Throttled"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["Failed"];
            502: components["responses"]["BadGateway"];
            503: components["responses"]["Unavailable"];
            504: components["responses"]["TimedOut"];
        };
    };
    delete_user: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["Deleted"];
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            429: components["responses"]["Throttled"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["Failed"];
            502: components["responses"]["BadGateway"];
            503: components["responses"]["Unavailable"];
            504: components["responses"]["TimedOut"];
        };
    };
    get_me: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The principal */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Principal"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthenticated"];
            413: components["responses"]["TooLarge"];
            429: components["responses"]["Throttled"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["Failed"];
            502: components["responses"]["BadGateway"];
            503: components["responses"]["Unavailable"];
            504: components["responses"]["TimedOut"];
        };
    };
    get_health: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The database answers */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @constant */
                        status: "ok";
                    };
                };
            };
            400: components["responses"]["Malformed"];
            413: components["responses"]["TooLarge"];
            429: components["responses"]["Throttled"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["Failed"];
            502: components["responses"]["BadGateway"];
            503: components["responses"]["Unavailable"];
            504: components["responses"]["TimedOut"];
        };
    };
    get_providers: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The providers of the site, and who may sign up */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Netlify Identity (a password) */
                        netlify: boolean;
                        /** @description Stytch (magic links) */
                        stytch: boolean;
                        /** @enum {string} */
                        signup: "open" | "invite";
                    };
                };
            };
            400: components["responses"]["Malformed"];
            413: components["responses"]["TooLarge"];
            429: components["responses"]["Throttled"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["Failed"];
            502: components["responses"]["BadGateway"];
            503: components["responses"]["Unavailable"];
            504: components["responses"]["TimedOut"];
        };
    };
    delete_account: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The account is deleted */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            413: components["responses"]["TooLarge"];
            429: components["responses"]["Throttled"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["Failed"];
            502: components["responses"]["BadGateway"];
            503: components["responses"]["Unavailable"];
            504: components["responses"]["TimedOut"];
        };
    };
    invite: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Invitation"];
            };
        };
        responses: {
            200: components["responses"]["LinkSent"];
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["ProviderNotConfigured"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["Throttled"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["Failed"];
            502: components["responses"]["BadGateway"];
            503: components["responses"]["Unavailable"];
            504: components["responses"]["TimedOut"];
        };
    };
    login: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    email: components["schemas"]["Email"];
                };
            };
        };
        responses: {
            200: components["responses"]["LinkSent"];
            400: components["responses"]["Malformed"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["ProviderNotConfigured"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["Throttled"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["Failed"];
            502: components["responses"]["BadGateway"];
            503: components["responses"]["Unavailable"];
            504: components["responses"]["TimedOut"];
        };
    };
    authenticate: {
        parameters: {
            query: {
                token: string;
                stytch_token_type?: "magic_links";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A redirect to `/profile`, with the session's cookies */
            303: {
                headers: {
                    Location: components["headers"]["Location"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["ProviderNotConfigured"];
            413: components["responses"]["TooLarge"];
            429: components["responses"]["Throttled"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["Failed"];
            502: components["responses"]["BadGateway"];
            503: components["responses"]["Unavailable"];
            504: components["responses"]["TimedOut"];
        };
    };
    logout: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    /** @description End all sessions of the caller, on every device */
                    everywhere?: boolean;
                };
            };
        };
        responses: {
            /** @description Signed out */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @constant */
                        message: "logged out";
                    };
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["Throttled"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["Failed"];
            502: components["responses"]["BadGateway"];
            503: components["responses"]["Unavailable"];
            504: components["responses"]["TimedOut"];
        };
    };
    list_sessions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The sessions that are not over */
            200: {
                headers: {
                    /** @description For how many seconds the JWT of a session that is ended may still be believed */
                    "Session-JWT-Max-Age"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Session"][];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthenticated"];
            404: components["responses"]["ProviderNotConfigured"];
            409: components["responses"]["NotListed"];
            413: components["responses"]["TooLarge"];
            429: components["responses"]["Throttled"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["Failed"];
            502: components["responses"]["BadGateway"];
            503: components["responses"]["Unavailable"];
            504: components["responses"]["TimedOut"];
        };
    };
    delete_session: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["Deleted"];
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["NotListed"];
            413: components["responses"]["TooLarge"];
            429: components["responses"]["Throttled"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["Failed"];
            502: components["responses"]["BadGateway"];
            503: components["responses"]["Unavailable"];
            504: components["responses"]["TimedOut"];
        };
    };
    stytch_event: {
        parameters: {
            query?: never;
            header: {
                "svix-id": string;
                /** @description Seconds since 1970, within five minutes of now */
                "svix-timestamp": string;
                /** @description `v1,` and the base64 of the HMAC-SHA256 of `id.timestamp.body`; several are separated by spaces */
                "svix-signature": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    project_id: string;
                    /** @enum {unknown} */
                    action: "CREATE" | "UPDATE" | "DELETE";
                    object_type: string;
                    id: string;
                };
            };
        };
        responses: {
            200: components["responses"]["Followed"];
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unsigned"];
            404: components["responses"]["ProviderNotConfigured"];
            413: components["responses"]["TooLarge"];
            429: components["responses"]["Throttled"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["Failed"];
            502: components["responses"]["BadGateway"];
            503: components["responses"]["Unavailable"];
            504: components["responses"]["TimedOut"];
        };
    };
    identity_event: {
        parameters: {
            query?: never;
            header: {
                /** @description A JWT (HS256) with `iss` gotrue, `iat` within five minutes of now, and the `sha256` of the body */
                "x-webhook-signature": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {unknown} */
                    event: "validate" | "signup" | "login" | "usermodified" | "userdeleted";
                    user: {
                        id: string;
                        /** Format: email */
                        email?: string;
                    };
                };
            };
        };
        responses: {
            200: components["responses"]["Followed"];
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unsigned"];
            /** @description Nobody has invited this address (`invite_only`) */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            404: components["responses"]["ProviderNotConfigured"];
            /** @description Identity cannot be asked from here (`operator_token_missing`) */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["TooLarge"];
            429: components["responses"]["Throttled"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["Failed"];
            502: components["responses"]["BadGateway"];
            503: components["responses"]["Unavailable"];
            504: components["responses"]["TimedOut"];
        };
    };
}

// What a call of each route takes and answers, derived from `paths` above.

export type Schemas = components["schemas"];
export type Principal = Schemas["Principal"];

/** The methods that a route has, such as "GET" | "POST". */
export type MethodOf<Route extends keyof paths> = {
  [Verb in keyof paths[Route]]-?: paths[Route][Verb] extends { responses: unknown }
    ? Uppercase<Verb & string>
    : never;
}[keyof paths[Route]];

type Operation<Route extends keyof paths, Method> =
  Lowercase<Method & string> extends infer Verb extends keyof paths[Route]
    ? paths[Route][Verb]
    : never;
type Success<Op> = Op extends { responses: { 200: infer R } }
  ? R
  : Op extends { responses: { 201: infer R } }
    ? R
    : undefined;
type Query<Op> = Op extends { parameters: { query?: infer Q } } ? Q : never;
type Body<Op> = Op extends { requestBody?: { content: { "application/json": infer B } } }
  ? B
  : never;

/** What the function answers to a call; null where it answers no body. */
export type Data<Route extends keyof paths, Method> =
  Success<Operation<Route, Method>> extends { content: { "application/json": infer D } } ? D : null;

export interface CallOptions<Route extends keyof paths, Method> {
  /** The route's `{parameters}`. */
  path?: Record<string, string | number>;
  /** An object, or `next` of an earlier answer. */
  query?: Query<Operation<Route, Method>> | string;
  /** Sent as JSON. */
  body?: Body<Operation<Route, Method>>;
  /** Further headers, such as `If-Match`. */
  headers?: Record<string, string>;
  /** The same for each attempt at one thing. Without it, a route that takes a key gets a new one. */
  idempotencyKey?: string;
  /** How often a 503 with `Retry-After` is repeated, where that is safe; 2 unless given. */
  retries?: number;
  /** Whether the call goes on when its page is left. */
  keepalive?: boolean;
  /** Ends the call, which then throws the signal's reason. */
  signal?: AbortSignal;
}

export interface Answer<Route extends keyof paths, Method> {
  data: Data<Route, Method>;
  status: number;
  headers: Headers;
  /** The query of the next page; null where there is none. */
  next: string | null;
}

/** One row of a list. */
export type Row<Route extends keyof paths> = Data<Route, "GET"> extends (infer R)[] ? R : never;

/** What Netlify Identity answers to `POST /token` and `POST /verify`. */
export interface Tokens {
  access_token: string;
  refresh_token: string;
  /** In seconds. */
  expires_in: number;
}

/** What is in localStorage: a user's record, with the tokens. */
export interface StoredSession extends Record<string, unknown> {
  /** `expires_at` is in milliseconds since 1970, by the clock of this machine. */
  token: Tokens & { expires_at: number };
}

/** A response that has arrived. */
export interface Reply {
  ok: boolean;
  status: number;
  headers: Headers;
  text: string;
}

/** Where the functions and Netlify Identity are. A page may set others before its first call. */
export declare const addresses: {
    api: string;
    identity: string;
};
/** Dispatches "ended" when a call is answered 401: nobody is signed in any more. */
export declare const sessionEvents: EventTarget;
/** What went wrong: a problem document (RFC 9457), or status 0 when there was no answer. */
export declare class Problem extends Error {
    status: number;
    code: string;
    detail: string;
    errors: {
        field: string;
        detail: string;
    }[];
    requestId: string;
    /** @param {number} status @param {Partial<Schemas["Problem"]>} [members] */
    constructor(status: number, { title, detail, code, errors, request_id }?: Partial<Schemas["Problem"]>);
    /** Whether the same request may succeed a little later. */
    get isTemporary(): boolean;
}
/**
 * Calls a function: `call("GET", "/issues/{id}", { path: { id: 7 } })`. Throws a `Problem`.
 * @template {keyof paths} Route
 * @template {MethodOf<Route>} Method
 * @param {Method} method
 * @param {Route} route
 * @param {CallOptions<Route, Method>} [options]
 * @returns {Promise<Answer<Route, Method>>}
 */
export declare function call<Route extends keyof paths, Method extends MethodOf<Route>>(method: Method, route: Route, options?: CallOptions<Route, Method>): Promise<Answer<Route, Method>>;
/**
 * Each row of a list, page after page: `for await (const issue of rows("/issues"))`.
 * @template {keyof paths} Route
 * @param {Route} route
 * @param {CallOptions<Route, "GET">} [options]
 * @returns {AsyncGenerator<Row<Route>>}
 */
export declare function rows<Route extends keyof paths>(route: Route, options?: CallOptions<Route, "GET">): AsyncGenerator<Row<Route>>;
/** Whether this browser may be signed in, by what it remembers. */
export declare function mayBeSignedIn(): boolean;
/**
 * Asks the server who is signed in; null if nobody is.
 * @returns {Promise<Principal | null>}
 */
export declare function session(): Promise<Principal | null>;
/** Signs in at Netlify Identity. @param {string} email @param {string} password */
export declare function signInWithPassword(email: string, password: string): Promise<void>;
/** Has Stytch mail a link, which signs in this browser and opens /profile. @param {string} email */
export declare function signInWithLink(email: string): Promise<void>;
/** Signs in with tokens of Netlify Identity, as `POST /verify` answers them. @param {Tokens} tokens */
export declare function startSession(tokens: Tokens): Promise<void>;
/**
 * Ends the session at its provider, then here. Throws a `Problem` where its cookies are left.
 * @param {{everywhere?: boolean}} [options] `everywhere`: on all devices
 */
export declare function signOut({ everywhere }?: {
    everywhere?: boolean;
}): Promise<void>;
/** Forgets what this browser knows of the session. */
export declare function clearSession(): void;
/** An Identity access token that is valid for at least a minute, or null. */
export declare function accessToken(): Promise<string | null>;
/**
 * Calls an endpoint of Netlify Identity (GoTrue), such as `/signup`. Throws a `Problem`.
 * @param {string} method
 * @param {string} path
 * @param {object} [body] sent as JSON, or as a form if it is a URLSearchParams
 * @param {string | null} [token]
 */
export declare function callIdentity(method: string, path: string, body?: object, token?: string | null): Promise<any>;
