package com.fuse.users.session;

import com.fuse.users.audit.RunVerifier;
import com.fuse.users.audit.UserHistory;
import com.fuse.users.communities.CommunitiesReport;
import com.fuse.users.database.DatabaseLogin;
import com.fuse.users.database.SchemaVersion;
import com.fuse.users.database.ServerHosts;
import com.fuse.users.database.ServerSessions;
import com.fuse.users.database.ServerState;
import com.fuse.users.deactivation.Deactivation;
import com.fuse.users.deactivation.DeletedData;
import com.fuse.users.history.RunListings;
import com.fuse.users.history.RunSummaries;
import com.fuse.users.job.Abandonment;
import com.fuse.users.job.JobEngine;
import com.fuse.users.job.RunLauncher;
import com.fuse.users.liveness.InterruptibleDataSource;
import com.fuse.users.liveness.LiveRuns;
import com.fuse.users.liveness.RunDatabase;
import com.fuse.users.purge.RunPurge;
import com.fuse.users.report.RunReport;
import com.fuse.users.run.RunRepository;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.util.DriverDataSource;
import java.sql.SQLException;
import java.time.Clock;
import javax.sql.DataSource;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.batch.jdbc.autoconfigure.BatchJdbcAutoConfiguration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jdbc.autoconfigure.DataSourceProperties;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcClientAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * The objects that live as long as the process. It names the auto-configurations, because a search for all of them takes
 * a good part of a short run's time.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableConfigurationProperties(DataSourceProperties.class)
@ImportAutoConfiguration({
    DataSourceTransactionManagerAutoConfiguration.class,
    JdbcTemplateAutoConfiguration.class,
    JdbcClientAutoConfiguration.class,
    BatchJdbcAutoConfiguration.class
})
public class FuseUsersConfiguration {

    @Bean(defaultCandidate = false)
    @ConfigurationProperties("spring.datasource.hikari")
    HikariDataSource pool(DataSourceProperties properties) {
        return properties
                .initializeDataSourceBuilder()
                .type(HikariDataSource.class)
                .build();
    }

    @Bean
    InterruptibleDataSource dataSource(@Qualifier("pool") HikariDataSource pool) {
        pool.setDataSource(new ServerSessions(new DriverDataSource(
                pool.getJdbcUrl(),
                pool.getDriverClassName(),
                pool.getDataSourceProperties(),
                pool.getUsername(),
                pool.getPassword())));
        return new InterruptibleDataSource(pool);
    }

    @Bean
    DatabaseLogin databaseLogin(DataSource dataSource) throws SQLException {
        return DatabaseLogin.of(dataSource);
    }

    @Bean
    ServerState serverState(JdbcClient jdbc, @Qualifier("pool") HikariDataSource pool) {
        return new ServerState(jdbc, new ServerHosts(pool.getJdbcUrl(), pool.getDataSourceProperties()));
    }

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }

    @Bean
    SchemaVersion schemaVersion(JdbcClient jdbc) {
        return new SchemaVersion(jdbc);
    }

    @Bean
    RunRepository runRepository(JdbcClient jdbc, Clock clock, DatabaseLogin database) {
        return new RunRepository(jdbc, clock, database);
    }

    @Bean
    LiveRuns liveRuns(JdbcClient jdbc) {
        return new LiveRuns(jdbc);
    }

    @Bean
    RunSummaries runSummaries(JdbcClient jdbc, RunRepository runs) {
        return new RunSummaries(jdbc, runs, Deactivation.deletions());
    }

    @Bean
    RunListings runListings(JdbcClient jdbc, RunRepository runs) {
        return new RunListings(jdbc, runs, Deactivation.deletions());
    }

    @Bean
    RunVerifier runVerifier(JdbcClient jdbc) {
        return new RunVerifier(jdbc, DeletedData.ENTRIES);
    }

    @Bean
    UserHistory userHistory(JdbcClient jdbc, RunRepository runs) {
        return new UserHistory(jdbc, runs);
    }

    @Bean
    RunReport runReport(DataSource dataSource, RunSummaries summaries) {
        return new RunReport(dataSource, summaries);
    }

    @Bean
    CommunitiesReport communitiesReport(DataSource dataSource, PlatformTransactionManager transactionManager) {
        return new CommunitiesReport(dataSource, transactionManager);
    }

    @Bean
    RunPurge runPurge(
            JdbcClient jdbc,
            LiveRuns liveRuns,
            JobRepository jobRepository,
            PlatformTransactionManager transactionManager,
            Clock clock) {
        return new RunPurge(jdbc, liveRuns, jobRepository, transactionManager, clock);
    }

    @Bean
    RunDatabase runDatabase(
            InterruptibleDataSource dataSource, PlatformTransactionManager transactionManager, Clock clock) {
        return new RunDatabase(dataSource, transactionManager, clock);
    }

    @Bean
    JobEngine jobEngine(
            JobOperator jobOperator,
            JobRepository jobRepository,
            RunDatabase database,
            RunRepository runs,
            RunReport report) {
        return new JobEngine(jobOperator, jobRepository, database, runs, report);
    }

    @Bean
    RunLauncher runLauncher(JobEngine engine) {
        return new RunLauncher(engine);
    }

    @Bean
    Abandonment abandonment(JobEngine engine) {
        return new Abandonment(engine);
    }
}
