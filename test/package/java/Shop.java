import io.github.cdk8slifecycle.*;
import java.util.List;
import java.util.Map;
import org.cdk8s.*;
import org.cdk8s.plus27.*;

/** The shop of shop.ts, in Java. */
public class Shop {
  public static void main(final String[] args) {
    final App app = new App();
    final Chart chart = new Chart(app, "shop");

    final ISecret login = Secret.fromSecretName(chart, "login", "shop-db");
    final Database postgres = Database.postgres(PostgresProps.builder()
        .host("postgres")
        .name("shop")
        .user("shop")
        .password(SecretValue.builder().secret(login).key("password").build())
        .build());
    final BackupHook backup = BackupHook.Builder.create(chart, "backup")
        .database(postgres)
        .destination(PersistentVolumeClaim.fromClaimName(chart, "dumps", "shop-dumps"))
        .keep(14)
        .build();
    final MigrationHook migrate = MigrationHook.Builder.create(chart, "migrate")
        .image("shop:2.4.0")
        .database(postgres)
        .tool(Migration.alembic(MigrationOptions.builder().path("/app/alembic.ini").build()))
        .timeout(Duration.minutes(3))
        .waitFor(List.of(WaitFor.postgres(postgres)))
        .env(Map.of("LOG_LEVEL", EnvValue.fromValue("debug")))
        .build();
    migrate.protectedBy(backup);

    HealthCheckHook.Builder.create(chart, "healthy")
        .tcp(TcpAddress.builder().host("shop").port(8080).build())
        .on(List.of(HookEvent.POST_UPGRADE))
        .build();
    final ConfigMap settings = ConfigMap.Builder.create(chart, "settings").data(Map.of("colour", "blue")).build();
    settings.with(HelmHook.preUpgrade(HelmHookOptions.builder()
        .deletePolicies(List.of(DeletePolicy.BEFORE_HOOK_CREATION, DeletePolicy.HOOK_SUCCEEDED))
        .weight(-5)
        .build()));

    app.synth();
  }
}
