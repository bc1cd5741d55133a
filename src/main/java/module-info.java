/** Posthorn, a tester of mail account settings: one program, a window and a command line. */
module org.posthorn {
    requires static org.jspecify;
    requires java.logging;
    requires java.naming;
    requires java.security.jgss;
    requires java.security.sasl;
    requires greenmail;
    requires com.ongres.saslprep;
    requires com.ongres.stringprep;
    requires org.bouncycastle.provider;
    requires org.bouncycastle.tls;
    requires info.picocli;
    requires jakarta.mail;
    requires org.eclipse.angus.mail;
    requires javafx.controls;
    requires tools.jackson.databind;

    // It fills the fields of the commands.
    opens org.posthorn.cli to
            info.picocli;
}
