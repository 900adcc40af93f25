package io.consort.service.chaos;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Many requests of all kinds against a service of its own, whose memory and times must stay. */
public final class Soak {

    private static final int PARTS = 10;

    private Soak() {}

    /**
     * Sends so many requests and prints, for each tenth of them, what the service held and how long
     * it took; whether nothing grew.
     *
     * @param home where the script {@code consort} is
     * @throws IOException when there is no service, or it cannot be looked at
     */
    public static boolean run(
            Path home, long requests, boolean json, PrintStream out, PrintStream err)
            throws IOException, InterruptedException {
        err.println("consort: starting a service");
        try (OwnService service = OwnService.start(home)) {
            List<String> keys = SoakTenants.keys(service);
            List<SoakReport.Tenth> tenths = new ArrayList<>();
            for (int part = 1; part <= PARTS; part++) {
                long count = requests * part / PARTS - requests * (part - 1) / PARTS;
                SoakLoad.Outcome outcome = SoakLoad.run(service.address(), keys, count);
                tenths.add(
                        new SoakReport.Tenth(
                                count,
                                outcome.wrong(),
                                outcome.quantile(0.5),
                                outcome.quantile(0.99),
                                Footprint.of(service.pid())));
                err.printf("consort: %d of %d sent%n", requests * part / PARTS, requests);
            }
            SoakReport report = new SoakReport(tenths);
            out.print(json ? report.json() + "\n" : report.text());
            return report.faults().isEmpty();
        }
    }
}
