package io.consort.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** Every law about classes. The packages of a law stand below a root package. */
final class Laws {

    private static final String EXPERTS = ".experts..";
    private static final String ROUTER = ".router..";
    private static final String RUNTIME = ".runtime..";
    private static final String FUSION = ".fusion..";
    private static final String SERVICE = ".service..";
    private static final String REMOTE = ".experts.remote..";
    private static final String CUDA = ".runtime.backend.cuda..";
    private static final String KIT_PROGRAM = ".runtime.kit.KitMain";
    private static final String EMBEDDING_ADAPTER = ".router.signal.minilm..";

    static final List<Law> ALL =
            List.of(
                    law(
                            "experts depend on no other module",
                            root -> apart(root, EXPERTS, ROUTER, RUNTIME, FUSION, SERVICE),
                            "ExpertsUseRouter"),
                    law(
                            "router depends on experts alone",
                            root -> apart(root, ROUTER, RUNTIME, FUSION, SERVICE),
                            "RouterUsesRuntime"),
                    law(
                            "runtime depends on experts alone",
                            root -> apart(root, RUNTIME, ROUTER, FUSION, SERVICE),
                            "RuntimeUsesService"),
                    law(
                            "fusion depends on runtime and experts alone",
                            root -> apart(root, FUSION, ROUTER, SERVICE).allowEmptyShould(true),
                            "FusionUsesRouter"),
                    law(
                            "native functions are called in the CUDA backend alone",
                            root -> only(root, CUDA, nativeCalls()),
                            "CallsNativeFunctions"),
                    law(
                            "JCuda is used in the CUDA backend alone",
                            root -> only(root, CUDA, resideInAPackage("..jcuda..")),
                            "UsesJCuda"),
                    law(
                            "memory segments stay in runtime",
                            root -> only(root, RUNTIME, named("java.lang.foreign.MemorySegment")),
                            "HoldsMemorySegment"),
                    law(
                            "the service's wire types stay in the service",
                            root -> only(root, SERVICE, resideInAPackage(root + ".service.api..")),
                            "OutsiderReadsWireTypes"),
                    law(
                            "remote experts are known to the service alone",
                            root ->
                                    noClasses()
                                            .that()
                                            .resideOutsideOfPackages(root + REMOTE, root + SERVICE)
                                            .should()
                                            .dependOnClassesThat(resideInAPackage(root + REMOTE)),
                            "RuntimeReadsWireTypes"),
                    law(
                            "LangChain4j stays in remote experts and the embedding adapter",
                            root ->
                                    noClasses()
                                            .that()
                                            .resideOutsideOfPackages(
                                                    root + REMOTE, root + EMBEDDING_ADAPTER)
                                            .should()
                                            .dependOnClassesThat(
                                                    resideInAPackage("dev.langchain4j..")),
                            "RouterUsesLangChain"),
                    law(
                            "libraries know no Quarkus",
                            root -> libraries(root, resideInAPackage("io.quarkus..")),
                            "RouterUsesQuarkus"),
                    law(
                            "libraries know no REST framework",
                            root ->
                                    libraries(
                                            root,
                                            resideInAnyPackage(
                                                    "..jakarta.ws.rs..", "org.jboss.resteasy..")),
                            "RuntimeUsesRest"),
                    law(
                            "libraries need no container",
                            root ->
                                    libraries(
                                            root,
                                            resideInAnyPackage(
                                                    "jakarta.inject..",
                                                    "jakarta.enterprise.context..",
                                                    "jakarta.enterprise.event..",
                                                    "jakarta.enterprise.inject..")),
                            "ExpertsUseInjection"),
                    law(
                            "libraries log through a facade",
                            root ->
                                    libraries(
                                            root,
                                            resideInAnyPackage(
                                                    "java.util.logging..", "org.jboss.logging..")),
                            "RuntimeLogsDirectly"),
                    law("libraries print nothing", Laws::librariesPrintNothing, "RouterPrints"),
                    law("names say what things are", Laws::noEmptyNames, "QueryHelper"));

    private Laws() {}

    private static Law law(String name, Function<String, ArchRule> rule, String breaker) {
        return new Law(name, root -> rule.apply(root).as(name), breaker);
    }

    /** No class of the module depends on the others. */
    private static ArchRule apart(String root, String module, String... others) {
        String[] packages = Stream.of(others).map(root::concat).toArray(String[]::new);
        return noClasses()
                .that()
                .resideInAPackage(root + module)
                .should()
                .dependOnClassesThat(resideInAnyPackage(packages));
    }

    /** Only classes of this place depend on the classes. */
    private static ArchRule only(
            String root, String place, DescribedPredicate<? super JavaClass> classes) {
        return noClasses()
                .that()
                .resideOutsideOfPackage(root + place)
                .should()
                .dependOnClassesThat(classes);
    }

    private static ArchRule libraries(
            String root, DescribedPredicate<? super JavaClass> forbidden) {
        return noClasses()
                .that()
                .resideInAnyPackage(root + EXPERTS, root + ROUTER, root + RUNTIME, root + FUSION)
                .should()
                .dependOnClassesThat(forbidden);
    }

    private static ArchRule librariesPrintNothing(String root) {
        return noClasses()
                .that()
                .resideInAnyPackage(root + EXPERTS, root + ROUTER, root + RUNTIME, root + FUSION)
                .and()
                .doNotHaveFullyQualifiedName(root + KIT_PROGRAM)
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err");
    }

    private static ArchRule noEmptyNames(String root) {
        return noClasses()
                .that()
                .resideInAPackage(root + "..")
                .should()
                .haveNameMatching(".*(Impl|Manager|Helper|Utils?)");
    }

    private static DescribedPredicate<JavaClass> nativeCalls() {
        return named("java.lang.foreign.Linker").or(named("java.lang.foreign.SymbolLookup"));
    }

    private static DescribedPredicate<JavaClass> named(String name) {
        return DescribedPredicate.describe(name, type -> type.getName().equals(name));
    }
}
