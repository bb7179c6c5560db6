package org.citystream.endtoend;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameEndingWith;
import static com.tngtech.archunit.core.domain.properties.CanBeAnnotated.Predicates.annotatedWith;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The structure that the design promises, checked on the compiled classes of every module. */
class ArchitectureTest {
    private static final List<String> MODULES = List.of(
            "model",
            "analytics",
            "service",
            "embedded",
            "ingest-gateway",
            "flink-jobs",
            "alerting-service",
            "dashboard",
            "recordings",
            "ledger",
            "audit",
            "scoring",
            "backtest",
            "simulator",
            "local-stack");

    private static final DescribedPredicate<JavaClass> PROGRAM_ENTRY = simpleNameEndingWith("Main")
            .or(simpleNameEndingWith("App"))
            .or(simpleNameEndingWith("Job"))
            .or(resideInAPackage("org.citystream.stack.."));

    private static JavaClasses classes = new ClassFileImporter().importPaths(List.of());

    @BeforeAll
    static void importEveryModule() {
        List<Path> folders = MODULES.stream()
                .map(module -> Path.of("..", module, "target", "classes"))
                .toList();
        assertThat(folders).allSatisfy(folder -> assertThat(folder).isDirectory());
        classes = new ClassFileImporter().importPaths(folders);
        assertThat(classes.size()).as("classes found").isGreaterThan(100);
    }

    @Test
    void theModelKnowsNobody() {
        check(noClasses()
                .that()
                .resideInAPackage("org.citystream.model..")
                .should()
                .dependOnClassesThat(ours().and(DescribedPredicate.not(resideInAPackage("org.citystream.model..")))));
    }

    @Test
    void decisionsArePure() {
        check(noClasses()
                .that()
                .resideInAPackage("org.citystream.analytics..")
                .should()
                .dependOnClassesThat(ours().and(DescribedPredicate.not(
                        resideInAnyPackage("org.citystream.model..", "org.citystream.analytics.."))))
                .orShould()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.apache.flink..",
                        "org.apache.kafka..",
                        "java.net..",
                        "java.sql..",
                        "java.nio.file..",
                        "java.util.concurrent..",
                        "org.slf4j.."));
    }

    @ParameterizedTest
    @ValueSource(strings = {"gateway", "jobs", "alerting", "dashboard", "scoring", "audit", "simulator", "stack"})
    void deployablesNeverCallEachOther(String deployable) {
        String own = "org.citystream." + deployable + "..";
        String[] shared = {
            own,
            "org.citystream.model..",
            "org.citystream.service..",
            "org.citystream.analytics..",
            "org.citystream.recordings..",
            "org.citystream.ledger..",
            "org.citystream.embedded.."
        };
        check(noClasses()
                .that()
                .resideInAPackage(own)
                .should()
                .dependOnClassesThat(ours().and(DescribedPredicate.not(resideInAnyPackage(shared)))));
    }

    @Test
    void onlyTheJobsUseTheDecisions() {
        check(noClasses()
                .that()
                .resideInAnyPackage(
                        "org.citystream.gateway..",
                        "org.citystream.alerting..",
                        "org.citystream.dashboard..",
                        "org.citystream.audit..",
                        "org.citystream.simulator..",
                        "org.citystream.stack..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.citystream.analytics.."));
    }

    @Test
    void eachClientLibraryHasItsPackage() {
        onlyIn(
                "org.eclipse.paho..",
                "..gateway.mqtt..",
                "..simulator.publish..",
                "..simulator.capture..",
                "..stack.rejected..");
        onlyIn(
                "org.apache.kafka..",
                "..kafka..",
                "..forward..",
                "..intake..",
                "..jobs.control..",
                "..jobs.sensorhealth..",
                "..jobs.timeseries..",
                "org.citystream.embedded..",
                "org.citystream.stack..");
        onlyIn("java.sql..", "..store..", "..series..", "org.citystream.embedded..", "org.citystream.stack..");
        onlyIn("com.influxdb..", "..jobs.timeseries..");
        onlyIn("okhttp3..", "..notify..", "..jobs.timeseries..");
    }

    @Test
    void packagesHaveNoCycles() {
        check(slices().matching("org.citystream.(*).(*)..").should().beFreeOfCycles());
    }

    @Test
    void onlyProgramsReadTheWallClock() {
        check(noClasses()
                .that(DescribedPredicate.not(PROGRAM_ENTRY))
                .should()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(Clock.class, "systemUTC")
                .orShould()
                .callMethod(InstantSource.class, "system"));
    }

    @Test
    void onlyProgramsPrint() {
        check(noClasses()
                .that(DescribedPredicate.not(
                        PROGRAM_ENTRY.or(simpleName("ServiceRunner").or(simpleName("ProgressDisplay")))))
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err"));
    }

    @Test
    void packagesAreNounsOfTheField() {
        check(noClasses()
                .should()
                .resideInAnyPackage("..util..", "..utils..", "..common..", "..manager..", "..helper..", "..impl.."));
    }

    @Test
    void nothingIsNullUnlessItSaysSo() {
        assertThat(classes)
                .filteredOn(type -> type.getPackageName().startsWith("org.citystream"))
                .allSatisfy(type -> assertThat(annotatedWith(NullMarked.class).test(type.getPackage()))
                        .as("@NullMarked on %s", type.getPackageName())
                        .isTrue());
    }

    @Test
    void everyModuleOfTheBuildIsChecked() throws Exception {
        String build = Files.readString(Path.of("..", "pom.xml"));

        assertThat(MODULES).allSatisfy(module -> assertThat(build).contains("<module>" + module + "</module>"));
    }

    private static DescribedPredicate<JavaClass> ours() {
        return resideInAPackage("org.citystream..");
    }

    private static void onlyIn(String library, String... homes) {
        check(noClasses()
                .that(ours().and(DescribedPredicate.not(resideInAnyPackage(homes))))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library));
    }

    private static void check(ArchRule rule) {
        rule.check(classes);
    }
}
