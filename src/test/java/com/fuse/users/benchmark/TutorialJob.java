package com.fuse.users.benchmark;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.infrastructure.item.Chunk;
import org.springframework.batch.infrastructure.item.ItemProcessor;
import org.springframework.batch.infrastructure.item.ItemWriter;
import org.springframework.batch.infrastructure.item.database.JdbcBatchItemWriter;
import org.springframework.batch.infrastructure.item.database.builder.JdbcBatchItemWriterBuilder;
import org.springframework.batch.infrastructure.item.file.FlatFileItemReader;
import org.springframework.batch.infrastructure.item.file.builder.FlatFileItemReaderBuilder;
import org.springframework.batch.infrastructure.item.support.CompositeItemWriter;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.FileSystemResource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;

/** A Spring Batch job as in tutorials: a query for each item in the processor, a JDBC batch writer for each table. */
final class TutorialJob implements Contender {

    static final String NAME = "job as tutorials write it";

    /** A row of the input, and what became of it. */
    record Leaver(long line, long userId, String outcome) {

        boolean leaves() {
            return outcome.equals("DEACTIVATED");
        }
    }

    @Override
    public Map<String, Duration> run(BenchmarkWorld world, Path input) {
        long start = System.nanoTime();
        new SpringApplicationBuilder(Wiring.class)
                .web(WebApplicationType.NONE)
                .run(
                        "--spring.datasource.url=" + world.url(),
                        "--spring.datasource.username=postgres",
                        "--spring.batch.job.enabled=true",
                        "--input=" + input)
                .close();
        return Map.of(NAME, Duration.ofNanos(System.nanoTime() - start));
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Wiring {

        @Bean
        FlatFileItemReader<Leaver> reader(@Value("${input}") String input) {
            return new FlatFileItemReaderBuilder<Leaver>()
                    .name("leavers")
                    .resource(new FileSystemResource(input))
                    .linesToSkip(1)
                    .lineMapper((line, number) -> new Leaver(number, Long.parseLong(line), ""))
                    .build();
        }

        @Bean
        ItemProcessor<Leaver, Leaver> processor(JdbcClient jdbc) {
            return row -> new Leaver(row.line(), row.userId(), outcome(jdbc, row.userId()));
        }

        private static String outcome(JdbcClient jdbc, long userId) {
            @Nullable
            Boolean active = jdbc.sql("select active from users where id = :id")
                    .param("id", userId)
                    .query(Boolean.class)
                    .optional()
                    .orElse(null);
            if (active == null) {
                return "NOT_FOUND";
            }
            if (!active) {
                return "ALREADY_INACTIVE";
            }
            long roles = jdbc.sql("select count(*) from community_admins where user_id = :id")
                    .param("id", userId)
                    .query(Long.class)
                    .single();
            return roles > 0 ? "COMMUNITY_ADMIN" : "DEACTIVATED";
        }

        @Bean
        CompositeItemWriter<Leaver> writer(DataSource dataSource) {
            ItemWriter<Leaver> outcomes = writing(
                    dataSource,
                    "insert into script_outcomes (line, user_id, outcome) values (:line, :userId, :outcome)");
            List<ItemWriter<? super Leaver>> changes = Stream.of(
                            "insert into script_removed_memberships (user_id, community_id)"
                                    + " select user_id, community_id from community_memberships where user_id = :userId",
                            "delete from auto_login_tokens where user_id = :userId",
                            "delete from device_tokens where user_id = :userId",
                            "delete from oauth_tokens where user_id = :userId",
                            "delete from membership_requests where user_id = :userId",
                            "delete from community_memberships where user_id = :userId",
                            "delete from certificates c using courses k"
                                    + " where c.user_id = :userId and k.id = c.course_id and k.format = 'scorm'",
                            "update users set active = false, deactivated_at = now() where id = :userId")
                    .<ItemWriter<? super Leaver>>map(sql -> writing(dataSource, sql))
                    .toList();
            return new CompositeItemWriter<Leaver>(
                    List.of(outcomes, ofLeavers(new CompositeItemWriter<Leaver>(changes))));
        }

        private static ItemWriter<Leaver> ofLeavers(ItemWriter<Leaver> writer) {
            return chunk -> writer.write(
                    new Chunk<>(chunk.getItems().stream().filter(Leaver::leaves).toList()));
        }

        private static JdbcBatchItemWriter<Leaver> writing(DataSource dataSource, String sql) {
            JdbcBatchItemWriter<Leaver> writer = new JdbcBatchItemWriterBuilder<Leaver>()
                    .dataSource(dataSource)
                    .sql(sql)
                    .beanMapped()
                    .assertUpdates(false)
                    .build();
            writer.afterPropertiesSet();
            return writer;
        }

        @Bean
        Job deactivateUsers(
                JobRepository jobRepository,
                PlatformTransactionManager transactionManager,
                FlatFileItemReader<Leaver> reader,
                ItemProcessor<Leaver, Leaver> processor,
                CompositeItemWriter<Leaver> writer) {
            return new JobBuilder("deactivateUsers", jobRepository)
                    .start(new StepBuilder("deactivate", jobRepository)
                            .<Leaver, Leaver>chunk(1_000)
                            .transactionManager(transactionManager)
                            .reader(reader)
                            .processor(processor)
                            .writer(writer)
                            .build())
                    .build();
        }
    }
}
