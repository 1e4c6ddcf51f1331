-- What wrk found, as one line of JSON; times in milliseconds.  Failed are answers of 400 and more and those
-- that did not come; closed are connections that ended between two requests, as a server that is reloaded
-- ends them: a browser then asks again, on another one.
function done(summary, latency)
    io.write(string.format(
        '{"count":%d,"seconds":%.4f,"p50":%.3f,"p99":%.3f,"failed":%d,"closed":%d}\n',
        summary.requests, summary.duration / 1e6, latency:percentile(50) / 1e3, latency:percentile(99) / 1e3,
        summary.errors.status + summary.errors.connect + summary.errors.timeout,
        summary.errors.read + summary.errors.write))
end
